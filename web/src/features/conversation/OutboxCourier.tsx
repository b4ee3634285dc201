// Keeps the outbox moving for as long as somebody is signed in, whatever page is open.
import { useEffect } from 'react';
import { useSelector, useStore } from 'react-redux';
import { isFailure } from '@/api/failure';
import { useUser } from '@/api/useUser';
import type { SharedDispatch, SharedState } from '@/realtime/listening';
import { useSocket } from '@/realtime/SocketProvider';
import { deliver, due } from './courier';
import {
  messageRefused,
  messageSent,
  type OutgoingMessage,
  outboxRestored,
  selectOutbox,
  sendingPostponed,
  sendingStarted,
  waitingRetried,
} from './outbox';
import { keptOutbox, keepOutbox } from './storage';
import { lastSeq } from './timeline';
import { timelineApi } from './timelineApi';

/** Messages that wait are tried again this often, also when only the socket is missing. */
const AGAIN_MS = 8_000;

export function OutboxCourier() {
  const user = useUser();
  const socket = useSocket();
  const store = useStore<SharedState>();
  const dispatch = store.dispatch as SharedDispatch;
  const messages = useSelector(selectOutbox);

  useEffect(() => {
    dispatch(outboxRestored(keptOutbox(user.id)));
  }, [dispatch, user.id]);

  useEffect(() => {
    keepOutbox(user.id, messages);
  }, [user.id, messages]);

  useEffect(() => {
    const post = async ({ ticketId, clientId, body, kind, seenSeq }: OutgoingMessage) => {
      const request = { client_id: clientId, body, kind, seen_seq: seenSeq };
      const { error } = await dispatch(timelineApi.endpoints.sendMessage.initiate({ ticketId, request }));
      return isFailure(error) ? error : null;
    };

    const send = async (message: OutgoingMessage) => {
      dispatch(sendingStarted(message.clientId));
      const delivery = await deliver(message, { socket, post });
      if (delivery.state === 'failed') {
        const { reason, missed } = delivery;
        dispatch(messageRefused({ clientId: message.clientId, reason, missed }));
        if (reason === 'stale' && !socket.isIn(message.ticketId)) catchUp(message.ticketId);
      } else if (delivery.state === 'waiting') {
        dispatch(sendingPostponed(message.clientId));
      } else {
        dispatch(messageSent(message.clientId));
        if (delivery.over === 'http' && !socket.isIn(message.ticketId)) catchUp(message.ticketId);
      }
    };

    // Without the socket nobody brings the entry: fetch it, with whatever else is new.
    const catchUp = (ticketId: number) => {
      const { data } = timelineApi.endpoints.getTimeline.select(ticketId)(store.getState());
      const after = data ? lastSeq(data) : null;
      if (after !== null) void dispatch(timelineApi.endpoints.extendTimeline.initiate({ ticketId, after }));
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
