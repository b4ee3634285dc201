// Closing a ticket waits some seconds before it is sent, so that it can be undone.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { type Failure, isFailure } from '@/api/failure';
import { newClientId } from '@/api/clientId';
import { signedOut } from '@/api/sessionSlice';
import { startListening } from '@/realtime/listening';
import { ticketsApi } from './ticketsApi';

export const UNDO_WITHIN_MS = 5_000;

/** A ticket is here from the wish to close it until that is done, undone or seen to have failed. */
type Closing = Record<number, { failure: Failure | null }>;

const closingSlice = createSlice({
  name: 'closing',
  initialState: {} as Closing,
  reducers: {
    closeRequested: (closing, { payload: id }: PayloadAction<number>) => {
      closing[id] = { failure: null };
    },
    closeUndone: (closing, { payload: id }: PayloadAction<number>) => {
      delete closing[id];
    },
    closeDone: (closing, { payload: id }: PayloadAction<number>) => {
      delete closing[id];
    },
    closeFailed: (closing, { payload: { id, failure } }: PayloadAction<{ id: number; failure: Failure }>) => {
      closing[id] = { failure };
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => ({})),
  selectors: {
    selectClosing: (closing, id: number) => closing[id] ?? null,
  },
});

export const { closeRequested, closeUndone, closeDone, closeFailed } = closingSlice.actions;
export const { selectClosing } = closingSlice.selectors;
export const closingReducer = closingSlice.reducer;

export function startClosingListener(): void {
  startListening({
    actionCreator: closeRequested,
    effect: async ({ payload: id }, { condition, dispatch }) => {
      const isUndone = await condition(
        (action) => (closeUndone.match(action) && action.payload === id) || signedOut.match(action),
        UNDO_WITHIN_MS,
      );
      if (isUndone) return;
      const request = { status: 'closed', client_id: newClientId() } as const;
      const { error } = await dispatch(ticketsApi.endpoints.setStatus.initiate({ id, request }));
      dispatch(isFailure(error) ? closeFailed({ id, failure: error }) : closeDone(id));
    },
  });
}
