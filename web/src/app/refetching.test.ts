import { AxiosError } from 'axios';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/api/api';
import { http } from '@/api/http';
import { signedOut } from '@/api/sessionSlice';
import { connectionChanged } from '@/realtime/connectionSlice';
import { connected } from '@/realtime/events';
import { listening } from '@/realtime/listening';
import { page, ticket, welcome } from '@/testing/examples';
import { sharedStore } from '@/testing/store';
import { refetchWished, selectIsBehind, startRefetching } from './refetching';

vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: vi.fn(),
}));

const testApi = api.injectEndpoints({
  endpoints: (build) => ({
    someList: build.query<unknown, void>({ query: () => ({ url: '/list' }), providesTags: ['TicketList'] }),
    someFigures: build.query<unknown, void>({ query: () => ({ url: '/figures' }) }),
    somePages: build.infiniteQuery<{ next: number | null }, void, number>({
      infiniteQueryOptions: { initialPageParam: 1, getNextPageParam: ({ next }) => next ?? undefined },
      query: ({ pageParam }) => ({ url: '/pages', params: { pageParam } }),
      providesTags: ['TicketList'],
    }),
  }),
});
const { someList, someFigures, somePages } = testApi.endpoints;

const NO_ANSWER = new AxiosError('Network Error');
const refused = (status: number) => {
  const error = new AxiosError('refused');
  return Object.assign(error, { response: { status, data: {}, headers: {} } });
};

/** Longer than any pause. */
const LONG_MS = 60_000;
/** Longer than the first two, and shorter than the shortest five. */
const SHORT_MS = 2_500;

const newStore = () => sharedStore(welcome(1).user);
let store = newStore();
let request = vi.spyOn(http, 'request');
let looking: { unsubscribe: () => void };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const isBehind = () => selectIsBehind(store.getState());
const askAfresh = () => store.dispatch(testApi.util.invalidateTags(['TicketList']));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  request = vi.spyOn(http, 'request').mockResolvedValue({ data: page([ticket(1)]) });
  listening.clearListeners();
  startRefetching();
  store = newStore();
  store.dispatch(connectionChanged('live'));
  looking = store.dispatch(someList.initiate());
  await pass(1_000);
  request.mockClear();
});

afterEach(() => {
  store.dispatch(signedOut());
  store.dispatch(api.util.resetApiState());
  vi.useRealTimers();
});

it('is asked for again until it works, at longer and longer intervals', async () => {
  request.mockRejectedValue(NO_ANSWER);
  askAfresh();
  await pass(LONG_MS);
  const tries = request.mock.calls.length;
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(15);
  expect(isBehind()).toBe(true);

  request.mockResolvedValue({ data: page([ticket(2)]) });
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledTimes(tries + 1);
  expect(someList.select()(store.getState()).data).toEqual(page([ticket(2)]));
  expect(isBehind()).toBe(false);
});

it('says nothing of what works at the second try', async () => {
  request.mockRejectedValueOnce(refused(503));
  askAfresh();
  await pass(0);
  expect(isBehind()).toBe(false);
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledTimes(2);
  expect(isBehind()).toBe(false);
});

it('is asked for at once when somebody wishes it', async () => {
  request.mockRejectedValue(NO_ANSWER);
  askAfresh();
  await pass(LONG_MS);
  request.mockClear().mockResolvedValue({ data: page([]) });
  store.dispatch(refetchWished());
  await pass(0);
  expect(request).toHaveBeenCalledOnce();
  expect(isBehind()).toBe(false);
});

it('waits for the connection', async () => {
  request.mockRejectedValue(NO_ANSWER);
  askAfresh();
  store.dispatch(connectionChanged('connecting'));
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledOnce();
  store.dispatch(connectionChanged('live'));
  store.dispatch(connected(welcome(2)));
  await pass(0);
  expect(request).toHaveBeenCalledTimes(2);
});

it('is not asked for when nobody looks at it any more', async () => {
  request.mockRejectedValue(NO_ANSWER);
  askAfresh();
  await pass(0);
  looking.unsubscribe();
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledOnce();
  expect(isBehind()).toBe(false);
});

it('is left alone when it is refused for good', async () => {
  request.mockRejectedValue(refused(404));
  askAfresh();
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledOnce();
});

it('is left to whoever asks for it when nothing keeps it fresh, or nothing was there before', async () => {
  void store.dispatch(someFigures.initiate());
  await pass(0);
  request.mockClear().mockRejectedValue(NO_ANSWER);
  void store.dispatch(someFigures.initiate(undefined, { forceRefetch: true }));
  void store.dispatch(somePages.initiate());
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledTimes(2);
});

it('is all that was loaded of a list, but not the next page, which has a button of its own', async () => {
  request.mockResolvedValue({ data: { next: 2 } });
  void store.dispatch(somePages.initiate());
  await pass(0);
  request.mockClear().mockRejectedValue(NO_ANSWER);
  void store.dispatch(somePages.initiate(undefined, { direction: 'forward' }));
  await pass(LONG_MS);
  expect(request).toHaveBeenCalledOnce();

  request.mockResolvedValue({ data: { next: 2 } });
  void store.dispatch(somePages.initiate(undefined, { direction: 'forward' }));
  await pass(0);
  request.mockClear().mockRejectedValueOnce(NO_ANSWER);
  void store.dispatch(somePages.initiate(undefined, { forceRefetch: true }));
  await pass(SHORT_MS);
  // One try that fails at its first page, and one that brings both.
  expect(request).toHaveBeenCalledTimes(3);
});
