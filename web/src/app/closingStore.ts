// The part of the store for closing tickets, which joins with the first ticket that a customer opens.
import { createAction } from '@reduxjs/toolkit';
import { closingReducer, startClosingListener } from '@/features/tickets/closing';
import { rootReducer, store } from './store';

const closingPartLoaded = createAction('app/closingPartLoaded');

rootReducer.inject({ reducerPath: 'closing', reducer: closingReducer });
startClosingListener();

// The new reducer takes its place in the state with the next action.
store.dispatch(closingPartLoaded());
