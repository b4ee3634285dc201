// The part of the store for closing tickets, which joins with the first page of a customer's tickets.
import { closingReady, closingReducer, startClosingListeners } from '@/features/tickets/closing';
import { rootReducer, store } from './store';

rootReducer.inject({ reducerPath: 'closing', reducer: closingReducer });
startClosingListeners();

// The new reducer takes its place in the state with the next action.
store.dispatch(closingReady());
