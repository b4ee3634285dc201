// The customer of a ticket at a glance: who, their other tickets, and whether they are signed in.
import { Anchor, Box, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useGetUserQuery, useUserSessionsQuery } from '@/api/accounts';
import type { Person } from '@/api/types';
import { BusyButton } from '@/components/BusyButton';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { useFocusKept } from '@/components/useFocusKept';
import { FOUND_FOR_S, useRequesterTicketsQuery } from '@/features/tickets/staff/staffApi';
import classes from './RequesterCard.module.css';

interface Props {
  requester: Person;
  ticketId: number;
}

export function RequesterCard({ requester, ticketId }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const focusKept = useFocusKept(heading);
  const options = { refetchOnMountOrArgChange: FOUND_FOR_S };
  const parts = [
    useGetUserQuery(requester.id, options),
    useUserSessionsQuery(requester.id, options),
    useRequesterTicketsQuery(requester.id, options),
  ] as const;
  const [account, sessions, tickets] = [parts[0].data, parts[1].data?.items, parts[2].data?.items];
  const missing = parts.filter(({ data, error }) => !data && error);
  const others = tickets?.filter(({ id }) => id !== ticketId).slice(0, 5);
  // The list has the newest sign-in first, which need not be the latest in use.
  const lastSeen = sessions?.map(({ last_seen_at }) => last_seen_at).sort().at(-1);

  return (
    <section aria-label={t('consoleTools.details.customer')}>
      <Title order={2} size="h5" ref={heading} tabIndex={-1}>
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
        !parts[0].error && <Skeleton height={14} mt={6} />
      )}
      {missing.length > 0 && (
        <Box mt={6} role="alert" ref={focusKept}>
          <Text size="sm" c="var(--mantine-color-error)">
            {t('consoleTools.details.failed')}
          </Text>
          <BusyButton
            size="compact-sm"
            variant="default"
            mt={4}
            isBusy={missing.some(({ isFetching }) => isFetching)}
            onClick={() => missing.forEach(({ refetch }) => void refetch())}
          >
            {t('shell.retry')}
          </BusyButton>
        </Box>
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
