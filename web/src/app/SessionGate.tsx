// Nothing is shown before it is known who is there.
import { Button, Center, Loader } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelector, useStore } from 'react-redux';
import { selectSession, selectUser, type SessionState } from '@/api/sessionSlice';
import { Notice } from '@/components/Notice';
import { keepSession, restoreSession } from '@/features/account/session';

interface WithSession {
  session: SessionState;
}

export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const store = useStore<WithSession>();
  const { phase } = useSelector(selectSession);

  useEffect(
    () =>
      keepSession({
        dispatch: store.dispatch,
        user: () => selectUser(store.getState()),
        isUnreachable: () => selectSession(store.getState()).phase === 'unreachable',
      }),
    [store],
  );

  if (phase === 'restoring') {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    );
  }
  if (phase === 'unreachable') {
    return (
      <Center component="main" mih="100dvh">
        <Notice icon={IconCloudOff} order={1} title={t('shell.unreachable.title')} text={t('shell.unreachable.text')} urgent>
          <Button variant="default" mt="xs" onClick={() => void restoreSession(store.dispatch)}>
            {t('shell.retry')}
          </Button>
        </Notice>
      </Center>
    );
  }
  return children;
}
