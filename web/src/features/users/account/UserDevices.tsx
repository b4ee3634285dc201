// Where somebody is signed in, and the way to end all of it.
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUserSessionsQuery } from '@/api/accounts';
import type { Account } from '@/api/types';
import { useUser } from '@/api/useUser';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DeviceRow } from '@/components/devices/DeviceRow';
import { DoneNotice } from '@/components/DoneNotice';
import { FailureNotice } from '@/components/FailureNotice';
import { Section } from '@/components/Section';
import { useEndUserSessionsMutation } from '@/features/users/usersApi';

export function UserDevices({ account }: { account: Account }) {
  const { t } = useTranslation();
  const user = useUser();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, refetch } = useUserSessionsQuery(account.id, { refetchOnMountOrArgChange: true });
  const [endSessions] = useEndUserSessionsMutation();
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const sessions = data?.items ?? [];

  const ask = (isOn: boolean) => {
    setDone(null);
    setAsking(isOn);
  };
  const confirm = async () => {
    const { error: failed } = await endSessions(account.id);
    if (failed) return failed;
    setAsking(false);
    setDone(t('users.devices.ended', { name: account.name }));
    // Its button goes with the devices.
    heading.current?.focus();
    return null;
  };

  return (
    <Section title={t('users.devices.title')} headingRef={heading}>
      <Stack gap="sm">
        {!data && !error && <Skeleton height={44} role="status" aria-label={t('users.loading')} />}
        {!data && error && (
          <FailureNotice title={t('users.devices.failed')} failure={error} onRetry={() => void refetch()} />
        )}
        {data && sessions.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('users.devices.none')}
          </Text>
        )}
        {sessions.length > 0 && (
          <>
            <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {sessions.map((session) => (
                <DeviceRow key={session.id} session={session} />
              ))}
            </ul>
            <Button variant="default" onClick={() => ask(true)} style={{ alignSelf: 'flex-start' }}>
              {t('users.devices.end')}
            </Button>
          </>
        )}
        <DoneNotice text={done} />
      </Stack>
      <ConfirmDialog
        question={
          isAsking
            ? {
                title: t('users.devices.endTitle', { name: account.name }),
                text: t('users.devices.endText'),
                warning: account.id === user.id ? t('users.devices.own') : null,
                confirm: t('users.devices.end'),
                cancel: t('users.cancel'),
              }
            : null
        }
        onConfirm={confirm}
        onClose={() => ask(false)}
        returnFocus={done === null}
      />
    </Section>
  );
}
