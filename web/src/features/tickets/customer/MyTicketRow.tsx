import { Box, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { lastMessageText } from '@/features/tickets/lastMessageText';
import classes from '@/features/tickets/ticketRow.module.css';
import { UnreadBadge } from '@/features/tickets/UnreadBadge';
import { standingOf } from './standing';

export function MyTicketRow({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const user = useUser();
  const isUnread = ticket.unread > 0;
  return (
    <Link to={`/tickets/${ticket.id}`} className={classes.row}>
      <Group justify="space-between" wrap="nowrap" gap="sm" mb={2}>
        <Text component="span" className={classes.line} fw={isUnread ? 700 : 600}>
          {ticket.title}
        </Text>
        <Group gap="xs" wrap="nowrap" flex="none">
          <UnreadBadge count={ticket.unread} />
          <StatusBadge status={ticket.status} />
        </Group>
      </Group>
      <Text size="sm" className={classes.line} fw={isUnread ? 600 : undefined}>
        {lastMessageText(t, ticket, user.id)}
      </Text>
      <Group justify="space-between" wrap="nowrap" gap="sm" mt={2}>
        <Text size="sm" c="dimmed" className={classes.line}>
          {standingOf(t, ticket)}
        </Text>
        <Box c="dimmed" fz="sm" flex="none">
          {t('tickets.number', { id: ticket.id })} · <RelativeTime at={ticket.updated_at} />
        </Box>
      </Group>
    </Link>
  );
}
