// The store. It starts with the session alone; what only signed-in people need joins when their first page is loaded.
import { combineSlices, configureStore, createDynamicMiddleware } from '@reduxjs/toolkit';
import { sessionReducer } from '@/api/sessionSlice';

export const rootReducer = combineSlices({ session: sessionReducer });

export const laterMiddleware = createDynamicMiddleware();

export const store = configureStore({
  reducer: rootReducer,
  middleware: (defaults) => defaults().concat(laterMiddleware.middleware),
});
