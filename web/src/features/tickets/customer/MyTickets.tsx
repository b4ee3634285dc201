// A customer's tickets.
import { Button, Center, Group, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { IconMessageCirclePlus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '@/components/FailureNotice';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import classes from '@/features/tickets/ticketRow.module.css';
import { useTicketList } from '@/features/tickets/useTicketList';
import { MyTicketRow } from './MyTicketRow';

export function MyTickets() {
  const { t } = useTranslation();
  const { tickets, failure, hasMore, isLoadingMore, loadMore, retry } = useTicketList('all');

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>{t('tickets.mine.title')}</Title>
        {tickets && tickets.length > 0 && (
          <LinkButton to="/tickets/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('tickets.newTicket')}
          </LinkButton>
        )}
      </Group>
      <Paper withBorder radius="lg" className={classes.card}>
        {failure && <FailureNotice title={t('tickets.listFailed')} failure={failure} onRetry={retry} />}
        {!tickets && !failure && <RowSkeletons />}
        {tickets?.length === 0 && (
          <Notice icon={IconMessageCirclePlus} title={t('tickets.mine.empty')} text={t('tickets.mine.emptyText')}>
            <LinkButton to="/tickets/new" mt="xs" leftSection={<IconPlus size={18} aria-hidden />}>
              {t('tickets.newTicket')}
            </LinkButton>
          </Notice>
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

function RowSkeletons() {
  const { t } = useTranslation();
  return (
    <Stack p="md" gap="lg" aria-busy aria-label={t('shell.loading')} role="status">
      {[70, 55, 62].map((width) => (
        <Stack key={width} gap={8}>
          <Skeleton height={14} width={`${width}%`} />
          <Skeleton height={10} width="85%" />
        </Stack>
      ))}
    </Stack>
  );
}
