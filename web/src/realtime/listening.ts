// The listener middleware, with which features react to events without knowing each other.
import {
  createListenerMiddleware,
  type ThunkDispatch,
  type TypedStartListening,
  type UnknownAction,
} from '@reduxjs/toolkit';
import type { api } from '@/api/api';
import type { SessionState } from '@/api/sessionSlice';
import type { connectionReducer } from './connectionSlice';

/** The part of the store that every feature may see. */
export interface SharedState {
  api: ReturnType<typeof api.reducer>;
  session: SessionState;
  connection: ReturnType<typeof connectionReducer>;
}

export type SharedDispatch = ThunkDispatch<SharedState, unknown, UnknownAction>;

export const listening = createListenerMiddleware();

export const startListening = listening.startListening as TypedStartListening<SharedState, SharedDispatch>;
