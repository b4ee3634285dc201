// The part of the store that asks again for what could not be fetched afresh. It joins behind the first page.
import { createAction } from '@reduxjs/toolkit';
import { refetchingReducer, startRefetching } from './refetching';
import { rootReducer, store } from './store';

const refetchingPartLoaded = createAction('app/refetchingPartLoaded');

rootReducer.inject({ reducerPath: 'refetching', reducer: refetchingReducer });
startRefetching();

// The new reducer takes its place in the state with the next action.
store.dispatch(refetchingPartLoaded());
