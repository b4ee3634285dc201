// The head of a ticket for staff: what it is, whose it is, and where it stands.
import { Box, Button, Group, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft, IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { failureText } from '@/components/form/fieldErrors';
import { LinkText } from '@/components/LinkButton';
import { useUpdateTicketMutation } from '@/features/tickets/ticketsApi';
import { StatusSelect } from './StatusSelect';
import classes from './StaffTicketHeader.module.css';

interface Props {
  ticket: Ticket;
  /** Where "all tickets" leads. */
  listPath: string;
}

export function StaffTicketHeader({ ticket, listPath }: Props) {
  const { t } = useTranslation();
  return (
    <Box component="header" px="md" py="sm">
      <LinkText to={listPath} size="sm" c="dimmed" className={classes.back}>
        <Group component="span" gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('console.back')}
        </Group>
      </LinkText>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex={1} miw={220}>
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {ticket.title}
          </Title>
          <Text size="sm" c="dimmed" mt={4}>
            {t('tickets.number', { id: ticket.id })} · {t('console.requester', { name: ticket.requester.name })}
            {ticket.category && ` · ${ticket.category.name}`} · {t(`console.waiting.${ticket.waiting_on}`)}
          </Text>
          {ticket.follows_id != null && (
            <LinkText to={`/admin/tickets/${ticket.follows_id}`} size="sm">
              {t('tickets.followsUp', { id: ticket.follows_id })}
            </LinkText>
          )}
        </Box>
        <Group gap="xs">
          <Assignee ticket={ticket} />
          <StatusSelect ticket={ticket} />
        </Group>
      </Group>
    </Box>
  );
}

function Assignee({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const user = useUser();
  const [updateTicket, { isLoading }] = useUpdateTicketMutation();

  if (ticket.assignee?.id === user.id) return <Text size="sm">{t('console.assignedToMe')}</Text>;

  const assign = async () => {
    const answer = await updateTicket({ id: ticket.id, request: { assignee_id: user.id, seen_seq: ticket.head_seq } });
    if (!answer.error) return;
    const message = failureText(t, answer.error);
    notifications.show({ color: 'red', title: t('console.assignFailed'), message });
  };

  return (
    <Group gap="xs">
      {ticket.assignee && <Text size="sm">{t('console.assignee', { name: ticket.assignee.name })}</Text>}
      <Button
        variant="default"
        size="sm"
        loading={isLoading}
        onClick={() => void assign()}
        leftSection={<IconUserCheck size={18} aria-hidden />}
      >
        {t('console.assignToMe')}
      </Button>
    </Group>
  );
}
