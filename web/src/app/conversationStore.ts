// The conversation's part of the store, which joins after the first page, or with the first conversation.
import { createAction } from '@reduxjs/toolkit';
import { selectUser } from '@/api/sessionSlice';
import { startLeavingListener } from '@/features/conversation/leaving';
import { outboxReducer } from '@/features/conversation/outbox';
import { startOutboxKeeping } from '@/features/conversation/outboxKeeping';
import { roomReducer, startRoomListener } from '@/features/conversation/room';
import { startTimelineListeners } from '@/features/conversation/timelineEvents';
import type { SharedDispatch } from '@/realtime/listening';
import { startReadInTabs } from '@/realtime/readInTabs';
import { rootReducer, store } from './store';

const conversationPartLoaded = createAction('app/conversationPartLoaded');

rootReducer
  .inject({ reducerPath: 'outbox', reducer: outboxReducer })
  .inject({ reducerPath: 'room', reducer: roomReducer });

startTimelineListeners();
startRoomListener();
startLeavingListener();
startOutboxKeeping();
startReadInTabs(store.dispatch as SharedDispatch, () => selectUser(store.getState())?.id);

// The new reducers take their places in the state with the next action.
store.dispatch(conversationPartLoaded());
