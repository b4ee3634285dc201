// Says how the connection stands, and whether all is here that was missed without it. A blip is not worth a word.
import './conversationStore';
import './refetchingStore';
import { Button, Group, Loader } from '@mantine/core';
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useSelector } from 'react-redux';
import { useFocusKept } from '@/components/useFocusKept';
import { selectUnsentCount } from '@/features/conversation/outbox';
import { selectConnection } from '@/realtime/connectionSlice';
import { useSocket } from '@/realtime/SocketProvider';
import classes from './ConnectionBanner.module.css';
import { refetchWished, selectIsBehind } from './refetching';

const BLIP_MS = 2_000;

export default function ConnectionBanner() {
  const { t } = useTranslation();
  const socket = useSocket();
  const dispatch = useDispatch();
  const connection = useSelector(selectConnection);
  const unsent = useSelector(selectUnsentCount);
  // The connection stands, and yet not all that was missed could be fetched.
  const isBehind = useSelector(selectIsBehind) && connection === 'live';
  const state = isBehind ? 'catching_up' : connection;
  const isShown = useAfter(state !== 'live', BLIP_MS);
  const place = useRef<HTMLDivElement>(null);
  const focusKept = useFocusKept(place);

  return (
    <div role="status" ref={place} tabIndex={-1} className={classes.place}>
      {isShown && state !== 'live' && (
        <Group ref={focusKept} className={classes.banner} gap="xs" justify="center" wrap="nowrap">
          <Sign state={state} />
          <span>
            {t(`shell.connection.${state}`)} {unsent > 0 && <b>{t('shell.connection.queued', { count: unsent })}</b>}
          </span>
          {state === 'stopped' && (
            <Button size="compact-sm" variant="default" onClick={() => socket.start()}>
              {t('shell.connection.connect')}
            </Button>
          )}
          {isBehind && (
            <Button size="compact-sm" variant="default" onClick={() => dispatch(refetchWished())}>
              {t('shell.retry')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

function Sign({ state }: { state: ReturnType<typeof selectConnection> }) {
  if (state === 'offline') return <IconWifiOff size={16} className={classes.sign} aria-hidden />;
  if (state === 'stopped') return <IconAlertTriangle size={16} className={classes.sign} aria-hidden />;
  return <Loader size={14} color="currentColor" aria-hidden />;
}

/** True once the condition has held for this long. */
function useAfter(condition: boolean, ms: number): boolean {
  const [hasHeld, setHeld] = useState(false);
  useEffect(() => {
    if (!condition) return undefined;
    const timer = setTimeout(() => setHeld(true), ms);
    return () => {
      clearTimeout(timer);
      setHeld(false);
    };
  }, [condition, ms]);
  return hasHeld;
}
