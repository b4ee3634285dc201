// Sending, and learning what came of it, where the socket cannot.
import { type Failure, failureOf } from '@/api/failure';
import type { SharedDispatch, SharedState } from '@/realtime/listening';
import type { OutgoingMessage } from './outbox';
import { lastSeq } from './timeline';
import { timelineApi } from './timelineApi';

export interface Store {
  dispatch: SharedDispatch;
  getState: () => SharedState;
}

// Nobody looks these requests up in the store, which would keep each of them.
const UNTRACKED = { track: false };

/** Null is success. */
export async function post(message: OutgoingMessage, { dispatch }: Store): Promise<Failure | null> {
  const { ticketId, clientId, body, kind, seenSeq } = message;
  const request = { client_id: clientId, body, kind, seen_seq: seenSeq };
  const { error } = await dispatch(timelineApi.endpoints.sendMessage.initiate({ ticketId, request }, UNTRACKED));
  return failureOf(error);
}

/** Fetches what is new: without the socket nobody brings the entry of what was sent. */
export async function catchUp(ticketId: number, { dispatch, getState }: Store): Promise<void> {
  const { data } = timelineApi.endpoints.getTimeline.select(ticketId)(getState());
  const after = data ? lastSeq(data) : null;
  if (after === null) return;
  await dispatch(timelineApi.endpoints.extendTimeline.initiate({ ticketId, after }, UNTRACKED));
}
