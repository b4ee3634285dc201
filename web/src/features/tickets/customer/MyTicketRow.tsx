import { Group, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { lastMessageText } from '@/features/tickets/lastMessageText';
import { isPressing } from '@/features/tickets/priority';
import { PriorityFlag } from '@/features/tickets/PriorityFlag';
import classes from '@/features/tickets/ticketRow.module.css';
import { UnreadBadge } from '@/features/tickets/UnreadBadge';
import { standingOf } from './standing';

/** Drawn again only when its ticket has changed, however often the list is fetched. */
export const MyTicketRow = memo(function MyTicketRow({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const user = useUser();
  const isUnread = ticket.unread > 0;
  return (
    <Link to={`/tickets/${ticket.id}`} className={classes.row} data-roomy>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Text component="span" className={classes.clamped} fw={isUnread ? 700 : 600}>
          {ticket.title}
        </Text>
        <Group gap="xs" wrap="nowrap" flex="none">
          <UnreadBadge count={ticket.unread} />
          <Text component="span" size="sm" c="dimmed">
            <RelativeTime at={ticket.updated_at} />
          </Text>
        </Group>
      </Group>
      <Text size="sm" mt={2} className={classes.clamped} fw={isUnread ? 600 : undefined}>
        {lastMessageText(t, ticket, user.id)}
      </Text>
      <Group gap="xs" mt="xs">
        <StatusBadge status={ticket.status} />
        {isPressing(ticket.priority) && <PriorityFlag priority={ticket.priority} />}
        <Text size="sm" c="dimmed" className={classes.standing}>
          {standingOf(t, ticket)}
        </Text>
        <Text size="sm" c="dimmed" flex="none">
          {t('tickets.number', { id: ticket.id })}
          {ticket.follows_id != null && ` · ${t('tickets.followsUp', { id: ticket.follows_id })}`}
        </Text>
      </Group>
    </Link>
  );
});
