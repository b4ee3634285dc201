import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { AxiosError } from 'axios';
import { expect, it, vi } from 'vitest';
import { api } from '@/api/api';
import { http } from '@/api/http';
import { sessionReducer } from '@/api/sessionSlice';
import { connectionReducer } from '@/realtime/connectionSlice';
import { entry } from '@/testing/examples';
import type { OutgoingMessage } from './outbox';
import { catchUp, post } from './overHttp';
import { timelineApi } from './timelineApi';

const MESSAGE = { ticketId: 5, clientId: 'a', body: 'Hello', kind: 'message', seenSeq: 3 } as OutgoingMessage;

function newStore() {
  return configureStore({
    reducer: combineReducers({
      [api.reducerPath]: api.reducer,
      session: sessionReducer,
      connection: connectionReducer,
    }),
    middleware: (defaults) => defaults().concat(api.middleware),
  });
}

it('sends and catches up, and leaves no trace of that in the store', async () => {
  const store = newStore();
  const request = vi.spyOn(http, 'request');
  request.mockResolvedValueOnce({ data: { items: [entry(1)], head: 1 } });
  const timeline = store.dispatch(timelineApi.endpoints.getTimeline.initiate(5));
  await timeline;

  request.mockResolvedValueOnce({ data: entry(2) });
  expect(await post(MESSAGE, store)).toBeNull();
  const data = { client_id: 'a', body: 'Hello', kind: 'message', seen_seq: 3 };
  expect(request).toHaveBeenLastCalledWith(expect.objectContaining({ url: '/tickets/5/messages', data }));

  request.mockResolvedValueOnce({ data: { items: [entry(2)], head: 2 } });
  await catchUp(5, store);
  expect(timelineApi.endpoints.getTimeline.select(5)(store.getState()).data?.entries).toEqual([entry(1), entry(2)]);
  expect(store.getState().api.mutations).toEqual({});
  timeline.unsubscribe();
});

it('says what went wrong, also when nobody foresaw it', async () => {
  const store = newStore();
  vi.spyOn(http, 'request').mockRejectedValueOnce(new AxiosError('Network Error'));
  expect(await post(MESSAGE, store)).toMatchObject({ code: 'no_answer' });

  const initiate = vi.spyOn(timelineApi.endpoints.sendMessage, 'initiate');
  initiate.mockReturnValue((() => Promise.resolve({ error: new TypeError('no') })) as never);
  expect(await post(MESSAGE, store)).toMatchObject({ code: 'internal' });
});

it('does not fetch the rest of a conversation that nobody has opened', async () => {
  const request = vi.spyOn(http, 'request');
  await catchUp(5, newStore());
  expect(request).not.toHaveBeenCalled();
});
