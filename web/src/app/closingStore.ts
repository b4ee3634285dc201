// The part of the store for closing tickets. It joins behind the first page, which does not wait for it, or with a page
// on which tickets are closed.
import { beforeLeaving } from '@/api/leaving';
import {
  closingReady,
  closingReducer,
  type Closings,
  sendWaiting,
  startClosingListeners,
} from '@/features/tickets/closing';
import { rootReducer, store } from './store';

rootReducer.inject({ reducerPath: 'closing', reducer: closingReducer });
startClosingListeners();

// The new reducer takes its place in the state with the next action.
store.dispatch(closingReady());

// Who closes a ticket and goes has closed it.
beforeLeaving(() => sendWaiting({ ...store, getState: () => store.getState() as unknown as { closing: Closings } }));
