// The customer of a ticket at a glance: who, their other tickets, and whether they are signed in.
import { Anchor, Box, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Person } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import {
  useRequesterAccountQuery,
  useRequesterSessionsQuery,
  useRequesterTicketsQuery,
} from '@/features/tickets/staff/staffApi';
import classes from './RequesterCard.module.css';

interface Props {
  requester: Person;
  ticketId: number;
}

export function RequesterCard({ requester, ticketId }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const account = useRequesterAccountQuery(requester.id).data;
  const sessions = useRequesterSessionsQuery(requester.id).data?.items;
  const tickets = useRequesterTicketsQuery(requester.id).data?.items;
  const others = tickets?.filter(({ id }) => id !== ticketId).slice(0, 5);
  // The list has the newest sign-in first, which need not be the latest in use.
  const lastSeen = sessions?.map(({ last_seen_at }) => last_seen_at).sort().at(-1);

  return (
    <section aria-label={t('consoleTools.details.customer')}>
      <Title order={2} size="h5">
        {t('consoleTools.details.customer')}
      </Title>
      <Anchor component={Link} to={`/admin/users/${requester.id}`} fw={600}>
        {requester.name}
      </Anchor>
      {account ? (
        <>
          <Text size="sm" className={classes.address}>
            {account.email}
          </Text>
          <Text size="xs" c="dimmed">
            {t('consoleTools.details.since')} <RelativeTime at={account.created_at} />
          </Text>
        </>
      ) : (
        <Skeleton height={14} mt={6} />
      )}
      {sessions && (
        <Text size="xs" c="dimmed">
          {sessions.length === 0
            ? t('consoleTools.details.noDevice')
            : t('consoleTools.details.devices', { count: sessions.length })}
          {lastSeen && (
            <>
              {' · '}
              {t('consoleTools.details.active')} <RelativeTime at={lastSeen} />
            </>
          )}
        </Text>
      )}
      {others && others.length > 0 && (
        <Box mt="sm">
          <Title order={3} size="h6">
            {t('consoleTools.details.others')}
          </Title>
          <Stack component="ul" gap={6} className={classes.tickets}>
            {others.map(({ id, title, status }) => (
              <li key={id}>
                <Anchor component={Link} to={{ pathname: `/admin/tickets/${id}`, search }} size="sm" className={classes.title}>
                  {title}
                </Anchor>
                <StatusBadge status={status} />
              </li>
            ))}
          </Stack>
          <Anchor component={Link} to={`/admin?view=all&requester=${requester.id}`} size="sm">
            {t('consoleTools.details.all')}
          </Anchor>
        </Box>
      )}
    </section>
  );
}
