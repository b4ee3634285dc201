// Keeps the outbox moving for as long as somebody is signed in, whatever page is open.
import { useEffect } from 'react';
import { useSelector, useStore } from 'react-redux';
import { useUser } from '@/api/useUser';
import { useSocket } from '@/realtime/SocketProvider';
import { deliver, due } from './courier';
import {
  messageRefused,
  messageSent,
  type OutgoingMessage,
  selectOutbox,
  sendingPostponed,
  sendingStarted,
  waitingRetried,
} from './outbox';
import { shareOutbox } from './outboxKeeping';
import { catchUp, post, type Store } from './overHttp';

/** Messages that wait are tried again this often, also when only the socket is missing. */
const AGAIN_MS = 8_000;

export function OutboxCourier() {
  const user = useUser();
  const socket = useSocket();
  const store = useStore() as Store;
  const { dispatch } = store;
  const messages = useSelector(selectOutbox);

  useEffect(() => shareOutbox(user.id, dispatch), [user.id, dispatch]);

  useEffect(() => {
    const send = async (message: OutgoingMessage) => {
      dispatch(sendingStarted(message.clientId));
      const delivery = await deliver(message, { socket, post: (one) => post(one, store) });
      if (delivery.state === 'failed') {
        const { reason, missed } = delivery;
        dispatch(messageRefused({ clientId: message.clientId, reason, missed }));
        if (reason === 'stale' && !socket.isIn(message.ticketId)) void catchUp(message.ticketId, store);
      } else if (delivery.state === 'waiting') {
        dispatch(sendingPostponed(message.clientId));
      } else {
        dispatch(messageSent(message.clientId));
        if (delivery.over === 'http' && !socket.isIn(message.ticketId)) void catchUp(message.ticketId, store);
      }
    };

    due(messages).forEach((message) => void send(message));
  }, [messages, socket, store, dispatch]);

  const someWait = messages.some(({ state }) => state === 'waiting');
  useEffect(() => {
    if (!someWait) return undefined;
    const timer = setInterval(() => dispatch(waitingRetried()), AGAIN_MS);
    return () => clearInterval(timer);
  }, [someWait, dispatch]);

  return null;
}
