import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { AxiosError, AxiosHeaders } from 'axios';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '@/api/api';
import { http } from '@/api/http';
import { sessionReducer, signedIn, signedOut } from '@/api/sessionSlice';
import { connectionReducer } from '@/realtime/connectionSlice';
import { connected } from '@/realtime/events';
import { listening } from '@/realtime/listening';
import { entry, ticket, welcome } from '@/testing/examples';
import { fakeStorage } from '@/testing/fakeStorage';
import {
  AGAIN_MS,
  closeDropped,
  closeWished,
  closingReady,
  closingReducer,
  insistingOn,
  sendWaiting,
  startClosingListeners,
  UNDO_WITHIN_MS,
  wishToClose,
} from './closing';
import { keptClosings } from './storage';
import { ticketsApi } from './ticketsApi';

vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: vi.fn(),
}));

const { user: USER } = welcome(1);

function newStore() {
  const store = configureStore({
    reducer: combineReducers({
      [api.reducerPath]: api.reducer,
      session: sessionReducer,
      connection: connectionReducer,
      closing: closingReducer,
    }),
    middleware: (defaults) => defaults().prepend(listening.middleware).concat(api.middleware),
  });
  store.dispatch(signedIn(USER));
  return store;
}

function failed(status: number, code: string, more: object = {}): AxiosError {
  const config = { headers: new AxiosHeaders() };
  const data = { code, detail: '', errors: [], ...more };
  return new AxiosError('failed', undefined, config, null, { status, data, headers: {}, config, statusText: '' });
}

const NO_ANSWER = new AxiosError('Network Error');

let store = newStore();
let request = vi.spyOn(http, 'request');
const phase = () => store.getState().closing[5]?.phase ?? null;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
  request = vi.spyOn(http, 'request').mockResolvedValue({ data: { ticket: ticket(5, { status: 'closed' }), entry: null } });
  listening.clearListeners();
  startClosingListeners();
  store = newStore();
});

afterEach(() => {
  store.dispatch(signedOut());
  vi.useRealTimers();
});

/** Wishes to close ticket 5, of which entry 3 is the latest. */
function wish() {
  const wished = wishToClose(ticket(5, { head_seq: 3 }));
  store.dispatch(closeWished(wished));
  return wished;
}

describe('a wish to close', () => {
  it('is sent some seconds later, as of what was seen when the button was pressed', async () => {
    const { clientId } = wish();
    await pass(UNDO_WITHIN_MS - 1);
    expect([phase(), request.mock.calls.length, keptClosings(USER.id).length]).toEqual(['waiting', 0, 1]);
    await pass(1);
    const data = { status: 'closed', client_id: clientId, seen_seq: 3 };
    expect(request).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ url: '/tickets/5/status', data }));
    expect([phase(), keptClosings(USER.id)]).toEqual([null, []]);
  });

  it('leaves no trace of its request in the store', async () => {
    wish();
    await pass(UNDO_WITHIN_MS);
    expect(store.getState().api.mutations).toEqual({});
  });

  it('is not sent when it is undone', async () => {
    store.dispatch(closeDropped(wish()));
    await pass(UNDO_WITHIN_MS);
    expect(request).not.toHaveBeenCalled();
    expect([phase(), keptClosings(USER.id)]).toEqual([null, []]);
  });

  it('is insisted on at once, as the same wish, in the knowledge of all that was missed', () => {
    const first = wish();
    const again = insistingOn(first, [entry(4), entry(6)]);
    expect(again).toMatchObject({ id: 5, clientId: first.clientId, seenSeq: 6 });
    expect(again.dueAt).toBeLessThanOrEqual(Date.now());
  });

  it('goes on after a reload and after signing in again, but not with each new name', async () => {
    wish();
    await pass(1_000);
    store.dispatch(signedOut('ended'));
    await pass(UNDO_WITHIN_MS);
    expect(request).not.toHaveBeenCalled();
    const wishes: unknown[] = [];
    listening.startListening({ actionCreator: closeWished, effect: (action) => void wishes.push(action) });

    store.dispatch(signedIn(USER));
    expect(wishes).toHaveLength(1);
    store.dispatch(signedIn({ ...USER, name: 'Cora the Second' }));
    expect(wishes).toHaveLength(1);
    store.dispatch(closingReady());
    expect(wishes).toHaveLength(2);
    await pass(0);
    expect([phase(), keptClosings(USER.id)]).toEqual([null, []]);
  });

  it('does not wait longer because a clock was put back', async () => {
    store.dispatch(closeWished({ ...wishToClose(ticket(5)), dueAt: Date.now() + 3_600_000 }));
    await pass(UNDO_WITHIN_MS);
    expect(request).toHaveBeenCalledOnce();
  });
});

describe('a closing', () => {
  it.each([
    ['no answer', NO_ANSWER],
    ['a server that is busy', failed(503, 'unavailable')],
    ['a limit', failed(429, 'rate_limited')],
  ])('that fails for %s is sent again when the connection is back, as the same wish', async (_why, error) => {
    request.mockRejectedValueOnce(error);
    const { clientId } = wish();
    await pass(UNDO_WITHIN_MS);
    expect([phase(), keptClosings(USER.id).length]).toEqual(['retrying', 1]);
    store.dispatch(connected(welcome(1)));
    await pass(0);
    const sent = request.mock.calls.map(([{ data }]) => (data as { client_id: string }).client_id);
    expect(sent).toEqual([clientId, clientId]);
    expect([phase(), keptClosings(USER.id)]).toEqual([null, []]);
  });

  it('is sent again in any case after a while, and can be undone until then', async () => {
    request.mockRejectedValue(NO_ANSWER);
    const wished = wish();
    await pass(UNDO_WITHIN_MS + AGAIN_MS);
    expect(request).toHaveBeenCalledTimes(2);
    store.dispatch(closeDropped(wished));
    await pass(AGAIN_MS);
    expect(request).toHaveBeenCalledTimes(2);
    expect([phase(), keptClosings(USER.id)]).toEqual([null, []]);
  });

  it('that is refused has failed, with what was missed', async () => {
    request.mockRejectedValue(failed(409, 'stale', { missed: [entry(4)] }));
    wish();
    await pass(UNDO_WITHIN_MS);
    expect(store.getState().closing[5]).toMatchObject({ phase: 'failed', failure: { code: 'stale', missed: [entry(4)] } });
    expect(keptClosings(USER.id)).toEqual([]);
  });

  it('that fails in a way that nobody foresaw has failed', async () => {
    const initiate = vi.spyOn(ticketsApi.endpoints.setStatus, 'initiate');
    initiate.mockReturnValue((() => Promise.resolve({ error: new TypeError('no') })) as never);
    wish();
    await pass(UNDO_WITHIN_MS);
    initiate.mockRestore();
    expect(store.getState().closing[5]).toMatchObject({ phase: 'failed', failure: { code: 'internal' } });
  });

  it('of a ticket that somebody else has closed is done', async () => {
    request.mockRejectedValue(failed(409, 'ticket_closed'));
    wish();
    await pass(UNDO_WITHIN_MS);
    expect(phase()).toBeNull();
  });

  it('is kept when the session ends while it is sent, and says nothing to the next person', async () => {
    request.mockImplementation(() => {
      store.dispatch(signedOut('ended'));
      return Promise.reject(failed(401, 'unauthenticated'));
    });
    wish();
    await pass(UNDO_WITHIN_MS);
    expect(store.getState().closing).toEqual({});
    expect(keptClosings(USER.id)).toHaveLength(1);
  });
});

describe('before one leaves', () => {
  const left = vi.fn();

  beforeEach(() => {
    left.mockReset();
  });

  it('what waits is sent at once, once, and its answer awaited', async () => {
    let answer: (value: unknown) => void = () => undefined;
    request.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    wish();
    void sendWaiting(store).then(left);
    await pass(0);
    expect(request).toHaveBeenCalledOnce();
    expect(left).not.toHaveBeenCalled();
    answer({ data: { ticket: ticket(5), entry: null } });
    await pass(0);
    expect(left).toHaveBeenCalledOnce();
    await pass(UNDO_WITHIN_MS);
    expect(request).toHaveBeenCalledOnce();
  });

  it('nobody waits for what cannot be sent, or for nothing', async () => {
    await sendWaiting(store);
    request.mockRejectedValue(NO_ANSWER);
    wish();
    void sendWaiting(store).then(left);
    await pass(0);
    expect(left).toHaveBeenCalledOnce();
    expect(phase()).toBe('retrying');
  });
});
