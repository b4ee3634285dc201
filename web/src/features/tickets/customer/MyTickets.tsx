// A customer's tickets: those that go on, and apart from them the closed ones.
import { Group, Paper, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '@/api/failure';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { FailureNotice } from '@/components/FailureNotice';
import { lazily } from '@/components/lazily';
import { LinkButton } from '@/components/LinkButton';
import { MoreButton } from '@/components/MoreButton';
import { MY_LISTS, type MyView } from '@/features/tickets/listQuery';
import classes from '@/features/tickets/ticketRow.module.css';
import { useTicketList } from '@/features/tickets/useTicketList';
import { ViewLinks } from '@/features/tickets/ViewLinks';
import { MyTicketRow } from './MyTicketRow';
import { RowSkeletons } from './RowSkeletons';

const NoneHere = lazily(() => import('./NoneHere'));

const VIEWS = Object.keys(MY_LISTS) as MyView[];

export function MyTickets({ view }: { view: MyView }) {
  const { t } = useTranslation();
  const { tickets, failure, hasMore, next, retry } = useTicketList(MY_LISTS[view]);
  const views = VIEWS.map((value) => ({
    view: value,
    name: t(`tickets.mine.views.${value}`),
    search: value === 'closed' ? '?show=closed' : '',
  }));
  const failed = (why: unknown, again: () => void) => (
    <FailureNotice title={t('tickets.listFailed')} failure={why} onRetry={again} />
  );

  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <Title order={1}>{t('tickets.mine.title')}</Title>
        <LinkButton to="/tickets/new" leftSection={<IconPlus size={18} aria-hidden />}>
          {t('tickets.newTicket')}
        </LinkButton>
      </Group>
      <ViewLinks label={t('tickets.mine.show')} views={views} chosen={view} />
      <Paper withBorder radius="lg" className={classes.card}>
        {failure && failed(failure, retry)}
        {!tickets && !failure && <RowSkeletons />}
        {tickets?.length === 0 && !hasMore && (
          <ErrorBoundary instead={(again) => failed(toFailure(null), again)}>
            <Suspense fallback={<RowSkeletons />}>
              <NoneHere view={view} />
            </Suspense>
          </ErrorBoundary>
        )}
        {tickets && tickets.length > 0 && (
          <ul className={classes.list}>
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <MyTicketRow ticket={ticket} />
              </li>
            ))}
          </ul>
        )}
      </Paper>
      {hasMore && <MoreButton next={next} label={t('tickets.mine.more')} />}
    </Stack>
  );
}
