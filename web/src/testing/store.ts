// A store with the part that every feature may see. The requests of its queries are for the test to answer.
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { api } from '@/api/api';
import { sessionReducer, signedIn } from '@/api/sessionSlice';
import type { User } from '@/api/types';
import { refetchingReducer } from '@/app/refetching';
import { connectionReducer } from '@/realtime/connectionSlice';
import { listening } from '@/realtime/listening';

export function sharedStore(user: User) {
  const store = configureStore({
    reducer: combineReducers({
      [api.reducerPath]: api.reducer,
      session: sessionReducer,
      connection: connectionReducer,
      refetching: refetchingReducer,
    }),
    middleware: (defaults) => defaults().prepend(listening.middleware).concat(api.middleware),
  });
  store.dispatch(signedIn(user));
  return store;
}

/** Answers that come when the test wants them to, in the order of the requests. */
export function answersOnDemand() {
  const waiting: { answer: (data: unknown) => void; fail: (error: unknown) => void }[] = [];
  const next = () => {
    const request = waiting.shift();
    if (!request) throw new Error('Nothing was asked for');
    return request;
  };
  return {
    request: () =>
      new Promise<{ data: unknown }>((resolve, reject) => {
        waiting.push({ answer: (data) => resolve({ data }), fail: reject });
      }),
    answer: (data: unknown) => next().answer(data),
    count: () => waiting.length,
  };
}
