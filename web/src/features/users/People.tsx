// Everybody with an account: found, filtered, listed.
import { Group, Paper, Skeleton, Stack } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useNextPage } from '@/api/useNextPage';
import { FailureNotice } from '@/components/FailureNotice';
import { LinkButton } from '@/components/LinkButton';
import { MoreButton } from '@/components/MoreButton';
import { Notice } from '@/components/Notice';
import { peopleIn } from './address';
import { PeopleFilters } from './PeopleFilters';
import { PeopleRows } from './PeopleRows';
import { useListUsersInfiniteQuery } from './usersApi';

export function People() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const text = address.toString();
  const people = useMemo(() => peopleIn(new URLSearchParams(text)), [text]);
  const { data, currentData, isFetching, error, fetchNextPage, hasNextPage, refetch } = useListUsersInfiniteQuery(people, {
    refetchOnMountOrArgChange: true,
  });
  const next = useNextPage(fetchNextPage);
  // While another search is under way, what was found before stays.
  const shown = currentData ?? (isFetching ? data : undefined);
  const accounts = shown?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <Stack gap="md">
      {/* In one, so that a region without words takes no room. */}
      <div>
        <PeopleFilters />
        <div role="status">
          {shown?.pages[0]?.items.length === 0 && (
            <Notice icon={IconUserSearch} title={t('users.none')} text={t('users.noneText')}>
              <LinkButton variant="default" mt="xs" to={{ search: '' }} replace>
                {t('users.showAll')}
              </LinkButton>
            </Notice>
          )}
        </div>
      </div>
      {!shown && error && <FailureNotice title={t('users.failed')} failure={error} onRetry={() => void refetch()} />}
      {!shown && !error && <Loading />}
      {accounts.length > 0 && <PeopleRows accounts={accounts} isBusy={!currentData} />}
      {currentData && hasNextPage && <MoreButton next={next} label={t('users.more')} />}
    </Stack>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="lg" p="md" style={{ borderColor: 'var(--app-line)' }}>
      <Stack role="status" aria-label={t('users.loading')} gap="lg">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <Group key={row} grow aria-hidden>
            <Skeleton height={14} />
            <Skeleton height={14} />
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
