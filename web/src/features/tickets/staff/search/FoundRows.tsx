// What a search has found, the best first, with the words where they stand.
import { Box, Center, Group, Loader, Text } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { SearchItem } from '@/api/types';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import type { ListQuery } from '@/features/tickets/listQuery';
import { FOUND_FOR_S, useSearchTicketsQuery } from '@/features/tickets/staff/staffApi';
import queueClasses from '@/features/tickets/staff/TicketQueue.module.css';
import { useFocusOnReturn } from '@/features/tickets/staff/useFocusOnReturn';
import classes from '@/features/tickets/ticketRow.module.css';
import { UnreadBadge } from '@/features/tickets/UnreadBadge';
import { FoundTitle, Pieces } from './Pieces';

interface Props {
  q: string;
  list: ListQuery;
  search: string;
}

export default function FoundRows({ q, list, search }: Props) {
  const { t } = useTranslation();
  const { currentData, error, refetch } = useSearchTicketsQuery(
    { q, list },
    { refetchOnMountOrArgChange: FOUND_FOR_S },
  );
  const pane = useRef<HTMLDivElement>(null);
  useFocusOnReturn(pane);

  if (!currentData) {
    if (error) return <FailureNotice title={t('consoleTools.search.failed')} failure={error} onRetry={() => void refetch()} />;
    return (
      <Center p="xl">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    );
  }
  const { items, truncated } = currentData;
  if (items.length === 0) {
    return (
      <Notice
        icon={IconSearchOff}
        title={t(truncated ? 'consoleTools.search.noneSoFar' : 'consoleTools.search.none')}
        text={t(truncated ? 'consoleTools.search.noneSoFarText' : 'consoleTools.search.noneText')}
      />
    );
  }
  return (
    <div ref={pane} className={queueClasses.rows} data-shortcut="list">
      <Text size="xs" c="dimmed" px="md" py={6} role="status">
        {t('consoleTools.search.found', { count: items.length })}
        {truncated && ` ${t('consoleTools.search.more')}`}
      </Text>
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.ticket.id}>
            <FoundRow item={item} search={search} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function FoundRow({ item, search }: { item: SearchItem; search: string }) {
  const { ticket, matches } = item;
  const { t } = useTranslation();
  return (
    <NavLink to={{ pathname: `/admin/tickets/${ticket.id}`, search }} className={classes.row} data-row={ticket.id}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text component="span" className={classes.line} fw={ticket.unread > 0 ? 700 : 600}>
          <FoundTitle item={item} />
        </Text>
        <Group gap={6} wrap="nowrap" flex="none">
          <UnreadBadge count={ticket.unread} />
          <Box c="dimmed" fz="xs">
            <RelativeTime at={ticket.updated_at} />
          </Box>
        </Group>
      </Group>
      {matches.map(({ seq, kind, author, snippet }) => (
        <Text key={seq} size="sm" c="dimmed" className={classes.clamped}>
          {kind === 'note' && `${t('consoleTools.search.note')} · `}
          {author.name}: <Pieces pieces={snippet} />
        </Text>
      ))}
      <Group gap="xs" mt={6} wrap="nowrap">
        <StatusBadge status={ticket.status} />
        <Text size="xs" c="dimmed" className={classes.line}>
          {t('tickets.number', { id: ticket.id })} · {ticket.requester.name}
          {ticket.assignee && ` → ${ticket.assignee.name}`}
        </Text>
      </Group>
    </NavLink>
  );
}
