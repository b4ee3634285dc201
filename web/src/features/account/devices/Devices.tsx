// Where one is signed in, and the ways to end that.
import { Alert, Skeleton, Stack } from '@mantine/core';
import { IconAlertCircle, IconDevices } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, isFailure } from '@/api/failure';
import type { Session } from '@/api/types';
import { DeviceRow } from '@/components/devices/DeviceRow';
import { DoneNotice } from '@/components/DoneNotice';
import { FailureNotice } from '@/components/FailureNotice';
import { failureText } from '@/components/form/fieldErrors';
import { Notice } from '@/components/Notice';
import { Section } from '@/components/Section';
import { useEndOtherSessionsMutation, useEndSessionMutation, useListSessionsQuery } from '@/features/account/accountApi';
import { useLeave } from '@/features/account/useLeave';
import { EndOthers } from './EndOthers';

interface Props {
  /** The link that has led here, if it was for this section. */
  wantedBy: string | null;
}

export function Devices({ wantedBy }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, refetch } = useListSessionsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [endSession] = useEndSessionMutation();
  const [endOtherSessions] = useEndOtherSessionsMutation();
  const leave = useLeave();
  const [endingId, setEndingId] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    if (wantedBy === null) return;
    heading.current?.scrollIntoView();
    heading.current?.focus({ preventScroll: true });
  }, [wantedBy]);

  const sessions = data?.items ?? [];
  const others = sessions.filter(({ current }) => !current).length;

  /** The buttons of what has ended go away; the focus stays in the section. */
  const settle = (failed: Failure | null, words: string) => {
    setFailure(failed);
    setDone(failed ? null : words);
    if (!failed) heading.current?.focus();
  };

  const end = async ({ id, current }: Session, device: string) => {
    setEndingId(id);
    setDone(null);
    if (current) {
      setFailure(await leave());
    } else {
      const { error: failed } = await endSession(id);
      settle(failureBut(failed, 'not_found'), t('settings.devices.ended', { device }));
    }
    setEndingId(null);
  };

  const endOthers = async () => {
    setDone(null);
    const { error: failed } = await endOtherSessions();
    settle(failureBut(failed, null), t('settings.devices.endedOthers'));
  };

  return (
    <Section title={t('settings.devices.title')} text={t('settings.devices.text')} headingRef={heading}>
      <Stack gap="sm">
        {failure && (
          <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
            {t('settings.devices.endFailed', { reason: failureText(t, failure) })}
          </Alert>
        )}
        {!data && !error && <Loading />}
        {!data && error && (
          <FailureNotice title={t('settings.devices.failed')} failure={error} onRetry={() => void refetch()} />
        )}
        {data && sessions.length === 0 && (
          <Notice icon={IconDevices} title={t('settings.devices.none')} text={t('settings.devices.noneText')} />
        )}
        {sessions.length > 0 && (
          <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
            {sessions.map((session) => (
              <DeviceRow
                key={session.id}
                session={session}
                isEnding={session.id === endingId}
                onEnd={(device) => void end(session, device)}
              />
            ))}
          </ul>
        )}
        {sessions.length > 0 && <EndOthers count={others} onEnd={endOthers} />}
        <DoneNotice text={done} />
      </Stack>
    </Section>
  );
}

/** What has failed, unless it says that there was nothing left to do. */
function failureBut(error: unknown, harmless: Failure['code'] | null): Failure | null {
  return isFailure(error) && error.code !== harmless ? error : null;
}

function Loading() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg" py="sm" role="img" aria-label={t('settings.devices.loading')}>
      <Skeleton h={36} />
      <Skeleton h={36} />
    </Stack>
  );
}
