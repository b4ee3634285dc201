// Keeps one socket open while somebody is signed in, and turns its frames into Redux actions.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';
import { accessToken } from '@/api/accessToken';
import { announceSignedOut, refresher } from '@/api/http';
import { socketUrl } from '@/config/env';
import { connectionChanged } from './connectionSlice';
import { eventOf } from './events';
import { SocketClient } from './socketClient';

const SocketContext = createContext<SocketClient | null>(null);

export function useSocket(): SocketClient {
  const client = useContext(SocketContext);
  if (!client) throw new Error('useSocket needs a SocketProvider');
  return client;
}

export function SocketProvider({ children }: { children: ReactNode }) {
  const dispatch = useDispatch();
  const [client] = useState(
    () =>
      new SocketClient({
        url: socketUrl(),
        accessToken,
        refresh: () => refresher.refresh(),
        onState: (state) => dispatch(connectionChanged(state)),
        onFrame: (frame) => {
          const event = eventOf(frame);
          if (event) dispatch(event);
        },
        onSessionEnded: announceSignedOut,
      }),
  );

  useEffect(() => {
    client.start();
    const forget = wakeWithTheDevice(client);
    return () => {
      forget();
      client.stop();
    };
  }, [client]);

  return <SocketContext value={client}>{children}</SocketContext>;
}

function wakeWithTheDevice(client: SocketClient): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') client.wake();
  };
  const onOnline = () => client.networkBack();
  const onOffline = () => client.networkLost();
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', onOffline);
  };
}
