// A customer's tickets: those that go on, and apart from them the closed ones.
import { Button, Center, Group, Paper, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '@/components/FailureNotice';
import { LinkButton } from '@/components/LinkButton';
import classes from '@/features/tickets/ticketRow.module.css';
import { useTicketList } from '@/features/tickets/useTicketList';
import { ViewLinks } from '@/features/tickets/ViewLinks';
import { MY_VIEWS, type MyView } from '@/features/tickets/views';
import { MyTicketRow } from './MyTicketRow';
import { RowSkeletons } from './RowSkeletons';

const NoneHere = lazy(() => import('./NoneHere'));

export function MyTickets({ view }: { view: MyView }) {
  const { t } = useTranslation();
  const { tickets, failure, hasMore, isLoadingMore, loadMore, retry } = useTicketList(view);
  const views = MY_VIEWS.map((value) => ({
    view: value,
    name: t(`tickets.mine.views.${value}`),
    search: value === 'closed' ? '?show=closed' : '',
  }));

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
        {failure && <FailureNotice title={t('tickets.listFailed')} failure={failure} onRetry={retry} />}
        {!tickets && !failure && <RowSkeletons />}
        {tickets?.length === 0 && !hasMore && (
          <Suspense fallback={<RowSkeletons />}>
            <NoneHere view={view} />
          </Suspense>
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
      {hasMore && (
        <Center>
          <Button variant="default" onClick={loadMore} loading={isLoadingMore}>
            {t('tickets.mine.more')}
          </Button>
        </Center>
      )}
    </Stack>
  );
}
