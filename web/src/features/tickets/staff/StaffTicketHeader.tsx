// The head of a ticket for staff: what it is, whose it is, and where it stands.
import { Box, Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '@/api/clientId';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { LinkText } from '@/components/LinkButton';
import { StaleNotice } from '@/components/StaleNotice';
import { useFocusKept } from '@/components/useFocusKept';
import { BackLink } from '@/features/tickets/BackLink';
import { PriorityFlag } from '@/features/tickets/PriorityFlag';
import { TicketHeading } from '@/features/tickets/TicketHeading';
import { Assignee } from './Assignee';
import { StatusSelect } from './StatusSelect';
import { type Change, useTicketChanges } from './useTicketChanges';

interface Props {
  ticket: Ticket;
  /** Where "all tickets" leads. */
  listPath: string;
}

export function StaffTicketHeader({ ticket, listPath }: Props) {
  const { t } = useTranslation();
  const { underWay, refusal, make, insist, giveUp } = useTicketChanges(ticket);
  const heading = useRef<HTMLHeadingElement>(null);
  const isMine = ticket.assignee?.id === useUser().id;
  useFocusKept(refusal !== null, heading);
  useFocusKept(isMine, heading);
  const wished = underWay && underWay.to !== 'me' ? underWay.to : null;

  const insistLabel = ({ to }: Change) =>
    to === 'me' ? t('console.assignAnyway') : t('console.statusAnyway', { status: t(`tickets.status.${to}`) });

  return (
    <>
      <Box component="header" px="md" py="sm">
        <BackLink to={listPath} onlyNarrow>
          {t('console.back')}
        </BackLink>
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box flex={1} miw={220}>
            <TicketHeading ticket={ticket} ref={heading} />
            <Group gap="xs" mt={4}>
              {ticket.priority !== 'normal' && <PriorityFlag priority={ticket.priority} />}
              <Text size="sm" c="dimmed">
                {t('console.requester', { name: ticket.requester.name })}
                {ticket.category && ` · ${ticket.category.name}`} · {t(`console.waiting.${ticket.waiting_on}`)}
              </Text>
            </Group>
            {ticket.follows_id != null && (
              <LinkText to={`/admin/tickets/${ticket.follows_id}`} size="sm">
                {t('tickets.followsUp', { id: ticket.follows_id })}
              </LinkText>
            )}
          </Box>
          <Group gap="xs">
            <Assignee
              ticket={ticket}
              isMine={isMine}
              isBusy={underWay?.to === 'me'}
              onTake={() => make({ to: 'me' })}
            />
            <StatusSelect
              status={ticket.status}
              wished={wished}
              onChoose={(status) => make({ to: status, clientId: newClientId() })}
            />
          </Group>
        </Group>
      </Box>
      {refusal && (
        <StaleNotice
          missed={refusal.missed}
          insistLabel={insistLabel(refusal.change)}
          isInsisting={underWay === refusal.change}
          onInsist={insist}
          onLeave={giveUp}
        />
      )}
    </>
  );
}
