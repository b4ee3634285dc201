// The signed-in part of the store: reducers, and the listeners through which features react to events.
import { createAction } from '@reduxjs/toolkit';
import { api } from '@/api/api';
import { signedOut } from '@/api/sessionSlice';
import { startTicketListeners } from '@/features/tickets/ticketEvents';
import { connectionReducer } from '@/realtime/connectionSlice';
import { listening, startListening } from '@/realtime/listening';
import { laterMiddleware, rootReducer, store } from './store';

const signedInPartLoaded = createAction('app/signedInPartLoaded');

rootReducer
  .inject({ reducerPath: api.reducerPath, reducer: api.reducer })
  .inject({ reducerPath: 'connection', reducer: connectionReducer });

laterMiddleware.addMiddleware(listening.middleware, api.middleware);

// What one person has loaded is nothing for the next.
startListening({
  actionCreator: signedOut,
  effect: (_action, { dispatch }) => void dispatch(api.util.resetApiState()),
});
startTicketListeners();

// The new reducers take their places in the state with the next action.
store.dispatch(signedInPartLoaded());
