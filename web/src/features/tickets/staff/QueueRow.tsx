import { Box, Group, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { lastMessageText } from '@/features/tickets/lastMessageText';
import { isPressing } from '@/features/tickets/priority';
import { PriorityFlag } from '@/features/tickets/PriorityFlag';
import classes from '@/features/tickets/ticketRow.module.css';
import { UnreadBadge } from '@/features/tickets/UnreadBadge';

interface Props {
  ticket: Ticket;
  /** The query of the address, which a ticket keeps. */
  search: string;
  isChosen: boolean;
  onToggle: (id: number) => void;
}

/** Drawn again only when its ticket has changed, however often the list is fetched. */
export const QueueRow = memo(function QueueRow({ ticket, search, isChosen, onToggle }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const isUnread = ticket.unread > 0;
  return (
    <div className={classes.choosable}>
      <input
        type="checkbox"
        className={classes.choice}
        checked={isChosen}
        onChange={() => onToggle(ticket.id)}
        aria-label={t('console.choose', { title: ticket.title })}
      />
      <NavLink to={{ pathname: `/admin/tickets/${ticket.id}`, search }} className={classes.row} data-row={ticket.id}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text component="span" className={classes.line} fw={isUnread ? 700 : 600}>
            {ticket.title}
          </Text>
          <Group gap={6} wrap="nowrap" flex="none">
            <UnreadBadge count={ticket.unread} />
            <Box c="dimmed" fz="xs">
              <RelativeTime at={ticket.updated_at} />
            </Box>
          </Group>
        </Group>
        <Text size="sm" className={classes.line} fw={isUnread ? 600 : undefined} c={isUnread ? undefined : 'dimmed'}>
          {lastMessageText(t, ticket, user.id)}
        </Text>
        <Group gap="xs" mt={6} wrap="nowrap">
          <StatusBadge status={ticket.status} />
          {isPressing(ticket.priority) && <PriorityFlag priority={ticket.priority} />}
          <Text size="xs" c="dimmed" className={classes.line}>
            {t('tickets.number', { id: ticket.id })} · {ticket.requester.name}
            {ticket.assignee && ` → ${ticket.assignee.name}`}
          </Text>
        </Group>
      </NavLink>
    </div>
  );
});
