// The latest tickets of somebody.
import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { RelativeTime } from '@/components/RelativeTime';
import { Section } from '@/components/Section';
import { StatusBadge } from '@/components/StatusBadge';
import { useUserTicketsQuery } from '@/features/users/usersApi';
import classes from './UserTickets.module.css';

export function UserTickets({ userId }: { userId: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useUserTicketsQuery(userId, { refetchOnMountOrArgChange: true });
  return (
    <Section title={t('users.tickets.title')}>
      {!data && !error && <Skeleton height={44} role="status" aria-label={t('users.loading')} />}
      {!data && error && (
        <FailureNotice title={t('users.tickets.failed')} failure={error} onRetry={() => void refetch()} />
      )}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('users.tickets.none')}
        </Text>
      )}
      {data && data.items.length > 0 && (
        <Stack gap="sm">
          <ul className={classes.tickets}>
            {data.items.map(({ id, title, status, updated_at }) => (
              <li key={id}>
                <Anchor component={Link} to={`/admin/tickets/${id}`} className={classes.title}>
                  {title}
                </Anchor>
                <Group gap="xs">
                  <StatusBadge status={status} />
                  <Text size="xs" c="dimmed">
                    <RelativeTime at={updated_at} />
                  </Text>
                </Group>
              </li>
            ))}
          </ul>
          {data.next_cursor !== null && (
            <Anchor component={Link} to={`/admin?view=all&requester=${userId}`} size="sm">
              {t('users.tickets.all')}
            </Anchor>
          )}
        </Stack>
      )}
    </Section>
  );
}
