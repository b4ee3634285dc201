import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureStore } from '@reduxjs/toolkit';
import { AxiosError, AxiosHeaders } from 'axios';
import { accessToken } from '@/api/accessToken';
import { announceSignedOut, refresher } from '@/api/http';
import { selectUser, sessionReducer, signedIn } from '@/api/sessionSlice';
import type { TabNews } from '@/api/tabs';
import { CORA } from '@/testing/examples';
import { fetchMe } from './requests';
import { keepSession } from './session';

const USER = { ...CORA, email: 'cora@example.org', created_at: '2026-01-31T09:15:00.000000Z' };

const tabs = vi.hoisted(() => ({ hear: (() => undefined) as (news: TabNews) => void }));

vi.mock('./requests', () => ({ fetchMe: vi.fn() }));
vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: <T>(work: () => Promise<T>) => work(),
  hearTabs: (listener: (news: TabNews) => void) => {
    tabs.hear = listener;
    return () => undefined;
  },
}));

let stop = () => {};

/** A page that keeps its session, when it is known who is there. */
async function start(user: typeof USER | null) {
  vi.spyOn(refresher, 'refresh').mockResolvedValue(user && 'token');
  vi.mocked(fetchMe).mockResolvedValue(user);
  const store = configureStore({ reducer: { session: sessionReducer } });
  stop = keepSession({
    dispatch: store.dispatch,
    user: () => selectUser(store.getState()),
    isUnreachable: () => store.getState().session.phase === 'unreachable',
  });
  await settled();
  return store;
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('a session', () => {
  it('is restored when the page opens', async () => {
    const store = await start(USER);
    expect(store.getState().session).toEqual({ phase: 'signed_in', user: USER });
  });

  it('that ends by no wish of the reader is said to have ended', async () => {
    const store = await start(USER);
    announceSignedOut();
    expect(store.getState().session).toEqual({ phase: 'signed_out', isEnded: true });
  });

  it('that another tab signs out of has not ended by itself, whichever news comes first', async () => {
    const store = await start(USER);
    announceSignedOut();
    tabs.hear({ type: 'signed_out' });
    expect(store.getState().session).toEqual({ phase: 'signed_out', isEnded: false });
    announceSignedOut();
    expect(store.getState().session).toEqual({ phase: 'signed_out', isEnded: false });
  });

  it('comes along when another tab signs in', async () => {
    const store = await start(null);
    expect(store.getState().session).toEqual({ phase: 'signed_out', isEnded: false });
    vi.mocked(refresher.refresh).mockResolvedValue('token');
    vi.mocked(fetchMe).mockResolvedValue(USER);
    tabs.hear({ type: 'signed_in', userId: USER.id });
    await settled();
    expect(store.getState().session).toEqual({ phase: 'signed_in', user: USER });
  });

  it('takes the tokens that other tabs have got for the same person, and no others', async () => {
    await start(USER);
    tabs.hear({ type: 'refreshed', token: 'own', userId: USER.id });
    expect(accessToken()).toBe('own');
    tabs.hear({ type: 'refreshed', token: 'foreign', userId: USER.id + 1 });
    tabs.hear({ type: 'refreshed', token: 'nameless', userId: null });
    expect(accessToken()).toBe('own');
  });

  it('takes any token as long as it is not known who is there', async () => {
    await start(null);
    tabs.hear({ type: 'refreshed', token: 'first', userId: USER.id });
    expect(accessToken()).toBe('first');
  });

  it('is not touched when the same person signs in in another tab', async () => {
    const store = await start(USER);
    store.dispatch(signedIn({ ...USER, name: 'Cora the Second' }));
    tabs.hear({ type: 'signed_in', userId: USER.id });
    await settled();
    expect(store.getState().session).toMatchObject({ user: { name: 'Cora the Second' } });
  });
});

it.each([
  ['no answer', new AxiosError('Network Error')],
  ['503', failed(503)],
])('a server that cannot tell (%s) signs nobody out; it is asked again', async (_name, error) => {
  const store = await start(USER);
  vi.mocked(refresher.refresh).mockRejectedValueOnce(error);
  stop();
  stop = keepSession({
    dispatch: store.dispatch,
    user: () => selectUser(store.getState()),
    isUnreachable: () => store.getState().session.phase === 'unreachable',
  });
  await settled();
  expect(store.getState().session).toEqual({ phase: 'unreachable' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.getState().session).toEqual({ phase: 'signed_in', user: USER });
});

function failed(status: number): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('failed', undefined, config, null, { status, data: {}, headers: {}, config, statusText: '' });
}
