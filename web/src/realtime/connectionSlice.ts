// How the connection stands, for the banner and for whoever sends.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { SocketState } from './socketClient';

const connectionSlice = createSlice({
  name: 'connection',
  initialState: { state: 'connecting' as SocketState, everLive: false },
  reducers: {
    connectionChanged: (connection, { payload }: PayloadAction<SocketState>) => {
      connection.state = payload;
      if (payload === 'live') connection.everLive = true;
    },
  },
  selectors: {
    selectConnection: ({ state }) => state,
  },
});

export const { connectionChanged } = connectionSlice.actions;
export const { selectConnection } = connectionSlice.selectors;
export const connectionReducer = connectionSlice.reducer;
