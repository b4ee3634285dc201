import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '@/api/api';
import { sessionReducer, signedIn, signedOut } from '@/api/sessionSlice';
import { connectionReducer } from '@/realtime/connectionSlice';
import { listening } from '@/realtime/listening';
import { welcome } from '@/testing/examples';
import { fakeStorage } from '@/testing/fakeStorage';
import { startLeavingListener } from './leaving';
import { messageDeleted, messageRefused, messageSent, messageWritten, outboxReducer } from './outbox';
import { LOOK_EVERY_MS, shareOutbox, startOutboxKeeping } from './outboxKeeping';
import { keptOutbox } from './storage';

const { user: USER } = welcome(1);
/** Whose number begins with that of the other. */
const STRANGER = { ...USER, id: 71, name: 'Strange' };

let endings: (() => void)[] = [];
let events = new EventTarget();

beforeAll(() => {
  startOutboxKeeping();
  startLeavingListener();
});
afterAll(() => listening.clearListeners());

beforeEach(() => {
  vi.useFakeTimers();
  events = new EventTarget();
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
});

afterEach(() => {
  endings.forEach((end) => end());
  endings = [];
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function openTab(user = USER) {
  const store = configureStore({
    reducer: combineReducers({
      [api.reducerPath]: api.reducer,
      session: sessionReducer,
      connection: connectionReducer,
      outbox: outboxReducer,
    }),
    middleware: (defaults) => defaults().prepend(listening.middleware).concat(api.middleware),
  });
  store.dispatch(signedIn(user));
  const share = () => {
    const end = shareOutbox(user.id, store.dispatch);
    endings.push(end);
    return end;
  };
  const close = share();
  const bodies = () => store.getState().outbox.messages.map(({ body }) => body);
  const write = (body: string) => {
    const { payload } = store.dispatch(messageWritten({ ticketId: 5, kind: 'note', body, seenSeq: null }));
    return payload.clientId;
  };
  return { ...store, share, close, bodies, write };
}

/** What the browser tells all tabs but the one that did it. */
function hearRemoval(key: string | null) {
  events.dispatchEvent(Object.assign(new Event('storage'), { key, newValue: null }));
}

const keptBodies = () => keptOutbox(USER.id).map(({ body }) => body);

describe('what is unsent', () => {
  it('is kept from the moment of writing until it is acknowledged', () => {
    const tab = openTab();
    const clientId = tab.write('Hello');
    expect(keptBodies()).toEqual(['Hello']);
    tab.dispatch(messageSent(clientId));
    expect(keptBodies()).toEqual([]);
  });

  it('outlives its tab: one that is opened later sends the same', () => {
    const first = openTab();
    const clientId = first.write('Hello');
    first.close();
    const later = openTab();
    expect(later.getState().outbox.messages).toMatchObject([{ clientId, body: 'Hello', kind: 'note', state: 'queued' }]);
  });

  it('is taken over by a tab that was open all the time', () => {
    const other = openTab();
    const closed = openTab();
    closed.write('Hello');
    closed.close();
    expect(other.bodies()).toEqual([]);
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    expect(other.bodies()).toEqual(['Hello']);
  });

  it('is not sent by one tab when it was deleted, or sent, in another', () => {
    const first = openTab();
    const clientId = first.write('Better not');
    const second = openTab();
    expect(second.bodies()).toEqual(['Better not']);
    first.dispatch(messageRefused({ clientId, reason: 'stale', missed: [] }));
    first.dispatch(messageDeleted(clientId));
    hearRemoval(`deskwire.outbox.${USER.id}.${clientId}`);
    expect(second.bodies()).toEqual([]);
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    expect([first.bodies(), second.bodies(), keptBodies()]).toEqual([[], [], []]);
  });

  it('lets go of nothing for what other keys tell, nor when the whole storage is cleared', () => {
    const tab = openTab();
    const clientId = tab.write('Hello');
    hearRemoval(`deskwire.outbox.${STRANGER.id}.${clientId}`);
    hearRemoval(`deskwire.draft.${USER.id}.5.note`);
    hearRemoval(null);
    expect(tab.bodies()).toEqual(['Hello']);
  });

  it('waits for its author over the end of a session, but not over signing out', () => {
    const tab = openTab();
    tab.write('Hello');
    tab.dispatch(signedOut('ended'));
    tab.close();
    expect([tab.bodies(), keptBodies()]).toEqual([[], ['Hello']]);
    tab.dispatch(signedIn(USER));
    tab.share();
    expect(tab.bodies()).toEqual(['Hello']);
    tab.dispatch(signedOut());
    expect([tab.bodies(), keptBodies()]).toEqual([[], []]);
  });

  it('is neither shown to nor sent by somebody else in this browser', () => {
    openTab().write('Between us');
    const other = openTab(STRANGER);
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    expect(other.bodies()).toEqual([]);
    other.write('Mine');
    expect([keptBodies(), keptOutbox(STRANGER.id).map(({ body }) => body)]).toEqual([['Between us'], ['Mine']]);
  });

  it('is sent also where nothing can be kept', () => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: full, removeItem: () => {} });
    const tab = openTab();
    tab.write('Hello');
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    expect(tab.getState().outbox.messages).toMatchObject([{ body: 'Hello', state: 'queued' }]);
  });
});
