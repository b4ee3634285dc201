import { configureStore } from '@reduxjs/toolkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/api/api';
import { http } from '@/api/http';
import { sessionReducer, signedOut } from '@/api/sessionSlice';
import type { Notification } from '@/api/types';
import { connectionReducer } from '@/realtime/connectionSlice';
import { notificationArrived, ownReadMoved } from '@/realtime/events';
import { listening } from '@/realtime/listening';
import { notification } from './example';
import { startNotificationListeners } from './notificationEvents';
import { notificationsApi } from './notificationsApi';

const READ = { read_at: '2026-01-31T09:16:00.000000Z' };
const about = (id: number) => ({ ticket: { id, title: `Ticket ${id}` } });

/** What the server answers, and whether it answers at all. */
const server = { items: [] as Notification[], unread: 0, answers: Promise.resolve() };
let request = vi.spyOn(http, 'request');

/** A tab in which the bell has asked for its notifications. */
async function tab(items: Notification[], unread = items.filter(({ read_at }) => !read_at).length) {
  Object.assign(server, { items, unread });
  listening.clearListeners();
  startNotificationListeners();
  const store = configureStore({
    reducer: { session: sessionReducer, connection: connectionReducer, [api.reducerPath]: api.reducer },
    middleware: (defaults) => defaults().concat(listening.middleware, api.middleware),
  });
  const asked = store.dispatch(notificationsApi.endpoints.listNotifications.initiate());
  await settled();
  request.mockClear();
  return { ...store, asked };
}

const settled = () => vi.advanceTimersByTimeAsync(1_000);

const read = (ticketId: number, seq: number, isHearsay = false) => ownReadMoved({ ticketId, seq, unread: 0, isHearsay });

beforeEach(() => {
  vi.useFakeTimers();
  server.answers = Promise.resolve();
  request = vi.spyOn(http, 'request').mockImplementation(async () => {
    await server.answers;
    return { data: { items: server.items, unread: server.unread, next_cursor: null } };
  });
});

afterEach(() => void vi.useRealTimers());

it('are fetched once for one reading, however often it is told', async () => {
  const { dispatch } = await tab([notification(3)]);
  dispatch(read(5, 3));
  dispatch(read(5, 3, true));
  await settled();
  dispatch(read(5, 2, true));
  await settled();
  expect(request).toHaveBeenCalledOnce();
});

it('are not fetched for the reading of a ticket of which nothing unread came', async () => {
  const { dispatch } = await tab([notification(3), notification(2, { ...about(6), ...READ })]);
  dispatch(read(6, 3));
  dispatch(read(7, 1));
  await settled();
  expect(request).not.toHaveBeenCalled();
});

it('are fetched when what is unread may be further back', async () => {
  const { dispatch } = await tab([notification(3, READ)], 4);
  dispatch(read(5, 3));
  await settled();
  expect(request).toHaveBeenCalledOnce();
});

it('are fetched again when an answer is on its way that may be from before', async () => {
  let answer = () => {};
  server.answers = new Promise((resolve) => (answer = resolve));
  const { dispatch } = await tab([]);
  dispatch(read(5, 3));
  answer();
  await settled();
  expect(request).toHaveBeenCalledOnce();
});

it('are fetched when one comes of what was read already', async () => {
  const { dispatch } = await tab([]);
  dispatch(read(5, 3));
  await settled();
  expect(request).not.toHaveBeenCalled();
  dispatch(notificationArrived({ type: 'notification', notification: notification(9, { seq: 3 }), unread: 1 }));
  await settled();
  expect(request).toHaveBeenCalledOnce();
  dispatch(notificationArrived({ type: 'notification', notification: notification(10, about(6)), unread: 1 }));
  await settled();
  expect(request).toHaveBeenCalledOnce();
});

it('count from the beginning for the next reader', async () => {
  const { dispatch } = await tab([notification(3)]);
  dispatch(read(5, 3));
  dispatch(signedOut());
  await settled();
  request.mockClear();
  dispatch(read(5, 3));
  await settled();
  expect(request).toHaveBeenCalledOnce();
});
