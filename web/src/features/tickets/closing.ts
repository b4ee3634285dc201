// Closing a ticket waits some seconds before it is sent, so that it can be undone. A reload does not lose the wish.
import { createAction, createSlice, isAnyOf, type ListenerEffectAPI, type PayloadAction } from '@reduxjs/toolkit';
import { newClientId } from '@/api/clientId';
import { type Failure, isFailure } from '@/api/failure';
import { selectUser, signedIn, signedOut } from '@/api/sessionSlice';
import type { Entry, Ticket } from '@/api/types';
import { seenAfter } from '@/components/missed';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { type CloseWish, keepClosing, keptClosings } from './storage';
import { ticketsApi } from './ticketsApi';

export const UNDO_WITHIN_MS = 5_000;

/** A ticket is here from the wish to close it until that is done, undone or seen to have failed. */
export type Closing =
  | { phase: 'waiting' | 'sending'; wish: CloseWish }
  | { phase: 'failed'; wish: CloseWish; failure: Failure };

type Closings = Record<number, Closing>;

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

export const { closeWished, closeStarted, closeDropped, closeDone, closeFailed } = closingSlice.actions;
export const { selectClosing } = closingSlice.selectors;
export const closingReducer = closingSlice.reducer;

export function wishToClose({ id, head_seq }: Ticket): CloseWish {
  return { id, clientId: newClientId(), seenSeq: head_seq, dueAt: Date.now() + UNDO_WITHIN_MS };
}

/** The same wish in the knowledge of what it had missed; there is nothing more to wait for. */
export function insistingOn(wish: CloseWish, missed: Entry[]): CloseWish {
  return { ...wish, seenSeq: seenAfter(missed), dueAt: Date.now() };
}

export function startClosingListeners(): void {
  startListening({ actionCreator: closeWished, effect: ({ payload: wish }, listener) => carryOut(wish, listener) });

  // What an earlier life of this tab has left behind.
  startListening({
    matcher: isAnyOf(closingReady, signedIn),
    effect: (_action, listener) => {
      const user = selectUser(listener.getState());
      if (user) keptClosings(user.id).forEach((wish) => listener.dispatch(closeWished(wish)));
    },
  });
}

type Listener = Pick<ListenerEffectAPI<SharedState, SharedDispatch>, 'dispatch' | 'getState' | 'take'>;

async function carryOut(wish: CloseWish, listener: Listener): Promise<void> {
  const { dispatch } = listener;
  const user = selectUser(listener.getState());
  if (!user) return;
  const { id, clientId, seenSeq, dueAt } = wish;
  keepClosing(user.id, id, wish);
  const isOtherwise = isAnyOf(closeDropped, closeWished);
  const interrupted = await listener.take(
    (action) => signedOut.match(action) || (isOtherwise(action) && action.payload.id === id),
    Math.max(0, dueAt - Date.now()),
  );
  if (interrupted) {
    if (closeDropped.match(interrupted[0])) keepClosing(user.id, id, null);
    return;
  }
  dispatch(closeStarted(wish));
  const request = { status: 'closed', client_id: clientId, seen_seq: seenSeq } as const;
  const { error } = await dispatch(ticketsApi.endpoints.setStatus.initiate({ id, request }));
  keepClosing(user.id, id, null);
  dispatch(isFailure(error) ? closeFailed({ wish, failure: error }) : closeDone(wish));
}
