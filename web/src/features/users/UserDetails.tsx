// One account with everything that an admin can do about it.
import { Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetUserQuery } from '@/api/accounts';
import { isFailure } from '@/api/failure';
import type { Account } from '@/api/types';
import { useDocumentTitle } from '@/components/documentTitle';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { useFocusOnArrival } from '@/components/useFocusOnArrival';
import { ResetLinkMaker } from './account/ResetLinkMaker';
import { UserAccount } from './account/UserAccount';
import { UserDevices } from './account/UserDevices';
import { UserTickets } from './account/UserTickets';

/** `back`: the way back to the list. */
export function UserDetails({ id, back }: { id: number; back: ReactNode }) {
  const { t } = useTranslation();
  const { data: account, error, refetch } = useGetUserQuery(id, { refetchOnMountOrArgChange: true });
  useDocumentTitle(account?.name ?? t('users.title'));
  const isMissing = isFailure(error) && error.code === 'not_found';
  return (
    <Stack gap="md">
      <Group>{back}</Group>
      {account && <Known account={account} />}
      {!account && isMissing && (
        <Notice icon={IconUserOff} title={t('users.missing')} text={t('users.missingText')} order={1} urgent />
      )}
      {!account && error && !isMissing && (
        <FailureNotice title={t('users.accountFailed')} failure={error} onRetry={() => void refetch()} />
      )}
      {!account && !error && (
        <Stack role="status" aria-label={t('users.loading')} gap="lg">
          <Skeleton height={28} width={220} />
          <Skeleton height={160} radius="lg" />
        </Stack>
      )}
    </Stack>
  );
}

function Known({ account }: { account: Account }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusOnArrival(heading);
  return (
    <>
      <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
        {account.name}
      </Title>
      <UserAccount account={account} />
      <UserTickets userId={account.id} />
      <UserDevices account={account} />
      <ResetLinkMaker account={account} />
    </>
  );
}
