import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { http } from '@/api/http';
import { signedOut } from '@/api/sessionSlice';
import { alertChanged, ticketChanged } from '@/realtime/events';
import { listening } from '@/realtime/listening';
import { alert, noticed } from '@/testing/alerts';
import { ticket, welcome } from '@/testing/examples';
import { sharedStore } from '@/testing/store';
import { startAlertListeners } from './alertEvents';
import { alertsApi } from './alertsApi';

vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: vi.fn(),
}));

const newStore = () => sharedStore(welcome(1).user);
let store = newStore();
let request = vi.spyOn(http, 'request');

const settled = () => new Promise((resolve) => setTimeout(resolve));
const shown = () => alertsApi.endpoints.openAlerts.select()(store.getState()).data?.alerts.map((one) => one.ticket_id);
const arrives = (one: ReturnType<typeof alert>) => store.dispatch(alertChanged({ type: 'alert', alert: one }));

async function open(items: ReturnType<typeof alert>[], next_cursor: string | null = null): Promise<void> {
  request.mockResolvedValue({ data: { items, next_cursor } });
  void store.dispatch(alertsApi.endpoints.openAlerts.initiate());
  await settled();
}

beforeEach(() => {
  request = vi.spyOn(http, 'request');
  listening.clearListeners();
  startAlertListeners();
  store = newStore();
});

afterEach(() => void store.dispatch(signedOut()));

it('does not show again what somebody has taken notice of, when a repeat was overtaken', async () => {
  await open([alert(8), alert(7)]);
  arrives(noticed(7, 1));
  arrives(alert(7, 1));
  expect(shown()).toEqual([8]);
});

it('does not show again what its customer has closed', async () => {
  await open([alert(7)]);
  store.dispatch(ticketChanged({ type: 'ticket', ticket: ticket(7, { status: 'closed' }) }));
  arrives(alert(7, 1));
  expect(shown()).toEqual([]);
});

it('brings an older one when one of more than are shown goes', async () => {
  await open([alert(8), alert(7)], 'more');
  request.mockResolvedValue({ data: { items: [alert(7), alert(6)], next_cursor: null } });
  arrives(noticed(8));
  await settled();
  expect(shown()).toEqual([7, 6]);
  // These are all.
  arrives(noticed(7));
  await settled();
  expect(request).toHaveBeenCalledTimes(2);
});
