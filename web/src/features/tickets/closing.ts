// Closing a ticket waits some seconds before it is sent, so that it can be undone. A reload does not lose the wish.
import {
  createAction,
  createSlice,
  isAnyOf,
  type ListenerEffectAPI,
  type PayloadAction,
  type UnknownAction,
} from '@reduxjs/toolkit';
import { newClientId } from '@/api/clientId';
import { type Failure, failureOf, isFailure, isPassing } from '@/api/failure';
import { selectUser, signedIn, signedOut } from '@/api/sessionSlice';
import type { Entry, Ticket } from '@/api/types';
import { seenAfter } from '@/components/missed';
import { connected } from '@/realtime/events';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { type CloseWish, keepClosing, keptClosings } from './storage';
import { ticketsApi } from './ticketsApi';

export const UNDO_WITHIN_MS = 5_000;
/** What failed for a reason that passes is sent again this often, and when the connection is back. */
export const AGAIN_MS = 8_000;

/** A ticket is here from the wish to close it until that is done, undone or seen to have failed. */
export type Closing =
  | { phase: 'waiting' | 'sending'; wish: CloseWish }
  /** It was sent, perhaps in vain, and is sent again. */
  | { phase: 'retrying'; wish: CloseWish }
  | { phase: 'failed'; wish: CloseWish; failure: Failure };

export type Closings = Record<number, Closing>;

const closingSlice = createSlice({
  name: 'closing',
  initialState: {} as Closings,
  reducers: {
    closeWished: (closings, { payload: wish }: PayloadAction<CloseWish>) => {
      closings[wish.id] = { phase: 'waiting', wish };
    },
    closeStarted: (closings, { payload: wish }: PayloadAction<CloseWish>) => {
      closings[wish.id] = { phase: 'sending', wish };
    },
    closePostponed: (closings, { payload: wish }: PayloadAction<CloseWish>) => {
      closings[wish.id] = { phase: 'retrying', wish };
    },
    /** Undone, or given up after it failed. */
    closeDropped: (closings, { payload: { id } }: PayloadAction<CloseWish>) => {
      delete closings[id];
    },
    closeDone: (closings, { payload: { id } }: PayloadAction<CloseWish>) => {
      delete closings[id];
    },
    closeFailed: (closings, { payload: { wish, failure } }: PayloadAction<{ wish: CloseWish; failure: Failure }>) => {
      closings[wish.id] = { phase: 'failed', wish, failure };
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => ({})),
  selectors: {
    selectClosing: (closings, id: number) => closings[id] ?? null,
  },
});

/** To be dispatched once the slice has joined the store. */
export const closingReady = createAction('closing/ready');

export const { closeWished, closeStarted, closePostponed, closeDropped, closeDone, closeFailed } = closingSlice.actions;
export const { selectClosing } = closingSlice.selectors;
export const closingReducer = closingSlice.reducer;

export function wishToClose({ id, head_seq }: Ticket): CloseWish {
  return { id, clientId: newClientId(), seenSeq: head_seq, dueAt: Date.now() + UNDO_WITHIN_MS };
}

/** The same wish in the knowledge of what it had missed; there is nothing more to wait for. */
export function insistingOn(wish: CloseWish, missed: Entry[]): CloseWish {
  return { ...wish, seenSeq: seenAfter(missed), dueAt: Date.now() };
}

interface Store {
  dispatch: (action: UnknownAction) => void;
  getState: () => { closing: Closings };
  subscribe: (listener: () => void) => () => void;
}

/** Sends at once what would wait longer. Resolves when all is answered, one way or the other. */
export function sendWaiting({ dispatch, getState, subscribe }: Store): Promise<void> {
  for (const { phase, wish } of Object.values(getState().closing)) {
    if (phase === 'waiting' || phase === 'retrying') dispatch(closeWished({ ...wish, dueAt: Date.now() }));
  }
  return new Promise((resolve) => {
    const check = () => {
      const phases = Object.values(getState().closing).map(({ phase }) => phase);
      if (phases.includes('waiting') || phases.includes('sending')) return;
      end();
      resolve();
    };
    const end = subscribe(check);
    check();
  });
}

export function startClosingListeners(): void {
  startListening({ actionCreator: closeWished, effect: ({ payload: wish }, listener) => carryOut(wish, listener) });

  // What an earlier life of this tab has left behind.
  startListening({
    matcher: isAnyOf(closingReady, signedIn),
    effect: (action, listener) => {
      const user = selectUser(listener.getState());
      // Who has another name now was there before.
      const isAtWork = signedIn.match(action) && user?.id === selectUser(listener.getOriginalState())?.id;
      if (user && !isAtWork) keptClosings(user.id).forEach((wish) => listener.dispatch(closeWished(wish)));
    },
  });
}

type Listener = Pick<ListenerEffectAPI<SharedState, SharedDispatch>, 'dispatch' | 'getState' | 'take'>;

async function carryOut(wish: CloseWish, { dispatch, getState, take }: Listener): Promise<void> {
  const user = selectUser(getState());
  if (!user) return;
  const { id, clientId, seenSeq, dueAt } = wish;
  const request = { status: 'closed', client_id: clientId, seen_seq: seenSeq } as const;
  const isOtherwise = isAnyOf(closeDropped, closeWished);
  const isEnd = (action: unknown) => signedOut.match(action) || (isOtherwise(action) && action.payload.id === id);

  keepClosing(user.id, id, wish);
  // A clock that was put back makes nobody wait longer.
  const waitsFor = Math.min(UNDO_WITHIN_MS, Math.max(0, dueAt - Date.now()));
  let heard = await take(isEnd, waitsFor);
  for (;;) {
    if (heard && isEnd(heard[0])) {
      if (closeDropped.match(heard[0])) keepClosing(user.id, id, null);
      return;
    }
    dispatch(closeStarted(wish));
    const { error } = await dispatch(ticketsApi.endpoints.setStatus.initiate({ id, request }, { track: false }));
    // Without a session it is no more than kept; the same person goes on with it after signing in again.
    if (selectUser(getState())?.id !== user.id) return;
    if (!isFailure(error) || !isPassing(error)) {
      keepClosing(user.id, id, null);
      const failure = failureOf(error);
      // Somebody else was faster.
      const isDone = failure === null || failure.code === 'ticket_closed';
      dispatch(isDone ? closeDone(wish) : closeFailed({ wish, failure }));
      return;
    }
    dispatch(closePostponed(wish));
    const pause = Math.max(AGAIN_MS, (error.retryAfterSeconds ?? 0) * 1_000);
    heard = await take((action) => isEnd(action) || connected.match(action), pause);
  }
}
