// The latest new tickets: who took notice of them first, after how long, and who else has seen them when.
import { Box, Center, Loader, Table, Text, Title } from '@mantine/core';
import { isAnyOf } from '@reduxjs/toolkit';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { Link } from 'react-router';
import type { SeenAlert } from '@/api/types';
import { useNextPage } from '@/api/useNextPage';
import { FailureNotice } from '@/components/FailureNotice';
import { MoreButton } from '@/components/MoreButton';
import { RelativeTime } from '@/components/RelativeTime';
import { alertChanged, connected, ticketChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import classes from './AlertHistory.module.css';
import { alertHistoryApi, useListAlertsInfiniteQuery } from './alertHistoryApi';
import { durationText } from './duration';
import { Section } from './Section';
import tableClasses from './tables.module.css';

const history = alertHistoryApi.endpoints.listAlerts.select();

export function AlertHistory() {
  const { t } = useTranslation();
  const titleId = useId();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useListAlertsInfiniteQuery(undefined, {
    refetchOnMountOrArgChange: true,
  });
  const next = useNextPage(fetchNextPage);
  useFetchedAfresh();
  const alerts = data?.pages.flatMap(({ items }) => items);
  return (
    <Section labelledBy={titleId}>
      <Title order={3} id={titleId}>
        {t('dashboard.alerts.title')}
      </Title>
      {alerts?.length === 0 && <Text c="dimmed">{t('dashboard.alerts.none')}</Text>}
      {alerts !== undefined && alerts.length > 0 && <Alerts alerts={alerts} titleId={titleId} />}
      {hasNextPage && (
        <Center mt="sm">
          <MoreButton next={next} label={t('dashboard.alerts.more')} />
        </Center>
      )}
      {!alerts &&
        (error ? (
          <FailureNotice title={t('dashboard.alerts.failed')} failure={error} onRetry={() => void refetch()} />
        ) : (
          <Center p="md">
            <Loader aria-label={t('shell.loading')} />
          </Center>
        ))}
    </Section>
  );
}

function Alerts({ alerts, titleId }: { alerts: SeenAlert[]; titleId: string }) {
  const { t } = useTranslation();
  return (
    // What scrolls must be reachable by keyboard.
    <Box className={tableClasses.scrolls} tabIndex={0} role="group" aria-labelledby={titleId}>
      <Table aria-labelledby={titleId} className={tableClasses.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('dashboard.alerts.ticket')}</Table.Th>
            <Table.Th scope="col">{t('dashboard.alerts.noticed')}</Table.Th>
            <Table.Th scope="col">{t('dashboard.alerts.seen')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {alerts.map((alert) => (
            <Table.Tr key={alert.ticket_id}>
              <Table.Th scope="row">
                <Link to={`/admin/tickets/${alert.ticket_id}`} className={classes.ticket}>
                  {alert.title}
                </Link>
                <Text size="xs" c="dimmed">
                  {t('tickets.number', { id: alert.ticket_id })} · <RelativeTime at={alert.raised_at} />
                </Text>
              </Table.Th>
              <Table.Td>
                <Noticed alert={alert} />
                {alert.level > 0 && (
                  <Text size="xs" c="dimmed">
                    {t('dashboard.alerts.repeated', { count: alert.level })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <ul className={classes.people}>
                  {alert.seen_by.map(({ person, at }) => (
                    <li key={person.id}>
                      {person.name}{' '}
                      <Text span size="xs" c="dimmed">
                        <RelativeTime at={at} />
                      </Text>
                    </li>
                  ))}
                </ul>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function Noticed({ alert }: { alert: SeenAlert }) {
  const { acknowledged_by: by, acknowledged_at: at, raised_at, ended_at } = alert;
  const { t } = useTranslation();
  if (!by || !at) {
    return (
      <Text size="sm" c="dimmed">
        {t(ended_at ? 'dashboard.alerts.closedBefore' : 'dashboard.alerts.nobody')}
      </Text>
    );
  }
  const seconds = Math.max(0, Date.parse(at) - Date.parse(raised_at)) / 1_000;
  return (
    <Text size="sm">{t('dashboard.alerts.after', { name: by.name, duration: durationText(t, seconds) })}</Text>
  );
}

/** With every alert, when a customer closes the ticket of one that still called, and after a reconnect. */
function useFetchedAfresh(): void {
  const dispatch = useDispatch();
  useEffect(() => {
    const fetchAfresh = () => void dispatch(alertHistoryApi.util.invalidateTags(['AlertHistory']));
    const stops = [
      startListening({ matcher: isAnyOf(alertChanged, connected), effect: fetchAfresh }),
      startListening({
        actionCreator: ticketChanged,
        effect: ({ payload: { ticket } }, listener) => {
          const { data } = history(listener.getState());
          const calls = data?.pages.some(({ items }) => items.some((it) => it.ticket_id === ticket.id && !it.ended_at));
          if (ticket.status === 'closed' && calls) fetchAfresh();
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [dispatch]);
}
