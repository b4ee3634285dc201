// Who is signed in. The token itself is not here: see accessToken.ts.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { User } from './types';

export type SessionState =
  | { phase: 'restoring' }
  /** The server could not be asked whether there is a session. */
  | { phase: 'unreachable' }
  /** `isEnded`: not by the reader's own sign-out. */
  | { phase: 'signed_out'; isEnded: boolean }
  | { phase: 'signed_in'; user: User };

const sessionSlice = createSlice({
  name: 'session',
  initialState: { phase: 'restoring' } as SessionState,
  reducers: {
    restoreStarted: () => ({ phase: 'restoring' }) as SessionState,
    restoreFailed: () => ({ phase: 'unreachable' }) as SessionState,
    signedIn: (_state, { payload: user }: PayloadAction<User>) => ({ phase: 'signed_in', user }) as SessionState,
    signedOut: (_state, { payload }: PayloadAction<'ended' | undefined>) =>
      ({ phase: 'signed_out', isEnded: payload === 'ended' }) as SessionState,
  },
  selectors: {
    selectSession: (session) => session,
    selectUser: (session) => (session.phase === 'signed_in' ? session.user : null),
  },
});

export const { restoreStarted, restoreFailed, signedIn, signedOut } = sessionSlice.actions;
export const { selectSession, selectUser } = sessionSlice.selectors;
export const sessionReducer = sessionSlice.reducer;
