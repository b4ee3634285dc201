import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { http } from '@/api/http';
import { signedOut } from '@/api/sessionSlice';
import type { Ticket } from '@/api/types';
import { connected, ownReadMoved, ticketChanged } from '@/realtime/events';
import { listening } from '@/realtime/listening';
import { page, ticket, welcome } from '@/testing/examples';
import { answersOnDemand, sharedStore } from '@/testing/store';
import { staffApi } from './staff/staffApi';
import { startTicketListeners } from './ticketEvents';
import { ticketsApi } from './ticketsApi';

vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: vi.fn(),
}));

const { listTickets, getTicket } = ticketsApi.endpoints;
const { searchTickets, requesterTickets } = staffApi.endpoints;

const ALL = {};
const SEARCH = { q: 'paper', list: ALL };
const newStore = () => sharedStore(welcome(1).user);
let store = newStore();
let { request, answer } = answersOnDemand();

const settled = () => new Promise((resolve) => setTimeout(resolve));
const changes = (state: Ticket) => store.dispatch(ticketChanged({ type: 'ticket', ticket: state }));
const listed = () => listTickets.select(ALL)(store.getState()).data?.pages.flatMap(({ items }) => items);
const found = () => searchTickets.select(SEARCH)(store.getState()).data?.items.map((item) => item.ticket);
const detail = (id: number) => getTicket.select(id)(store.getState()).data;

async function answered(data: unknown): Promise<void> {
  await settled();
  answer(data);
  await settled();
}

const later = (hour: number, more: Partial<Ticket>) => ticket(5, { updated_at: `2026-02-01T${hour}:00:00.000000Z`, ...more });
const results = (held: Ticket) => ({ items: [{ ticket: held, title: [], matches: [] }], truncated: false });

beforeEach(() => {
  ({ request, answer } = answersOnDemand());
  vi.spyOn(http, 'request').mockImplementation(request as typeof http.request);
  listening.clearListeners();
  startTicketListeners();
  store = newStore();
});

afterEach(() => void store.dispatch(signedOut()));

describe('what happens to a ticket', () => {
  it('shows where a search has found it, and among the tickets of its customer', async () => {
    void store.dispatch(searchTickets.initiate(SEARCH));
    void store.dispatch(requesterTickets.initiate(7));
    await answered(results(ticket(5, { unread: 2 })));
    await answered(page([ticket(6), ticket(5, { unread: 2 })]));
    changes(later(10, { head_seq: 2, status: 'closed' }));
    expect(found()).toMatchObject([{ id: 5, status: 'closed', unread: 2 }]);
    const others = requesterTickets.select(7)(store.getState()).data;
    expect(others?.items.map(({ id, status }) => [id, status])).toEqual([
      [6, 'open'],
      [5, 'closed'],
    ]);
  });

  it('is not undone by what a search has found before', async () => {
    void store.dispatch(listTickets.initiate(ALL));
    await answered(page([ticket(5)]));
    void store.dispatch(searchTickets.initiate(SEARCH));
    await settled();
    changes(later(10, { head_seq: 2, status: 'closed' }));
    await answered(results(ticket(5)));
    expect(found()).toMatchObject([{ id: 5, status: 'closed' }]);
  });

  it('is read there, too', async () => {
    void store.dispatch(searchTickets.initiate(SEARCH));
    await answered(results(ticket(5, { unread: 2 })));
    store.dispatch(ownReadMoved({ ticketId: 5, seq: 1, unread: 0, isHearsay: true }));
    expect(found()).toMatchObject([{ id: 5, unread: 0 }]);
  });
});

describe('a list that is on its way for the first time', () => {
  it('has the ticket that came meanwhile', async () => {
    void store.dispatch(listTickets.initiate(ALL));
    await settled();
    changes(later(10, { head_seq: 1 }));
    await answered(page([ticket(4)]));
    expect(listed()?.map(({ id }) => id)).toEqual([5, 4]);
  });

  it('has nothing from before a gap', async () => {
    changes(later(10, { head_seq: 1 }));
    store.dispatch(connected(welcome(1)));
    void store.dispatch(listTickets.initiate(ALL));
    await answered(page([ticket(4)]));
    expect(listed()?.map(({ id }) => id)).toEqual([4]);
  });
});

describe('an answer that was on its way while its reader read', () => {
  const opened = (unread: number, read_seq: number) => ({
    ticket: ticket(5, { head_seq: 3, unread }),
    participants: [],
    read_seq,
  });

  it('makes nothing unread', async () => {
    void store.dispatch(listTickets.initiate(ALL));
    await answered(page([ticket(5, { head_seq: 3, unread: 2 })]));
    void store.dispatch(getTicket.initiate(5));
    await answered(opened(2, 1));
    store.dispatch(connected(welcome(1)));
    await settled();
    store.dispatch(ownReadMoved({ ticketId: 5, seq: 3, unread: 0 }));
    await answered(page([ticket(5, { head_seq: 3, unread: 2 })]));
    await answered(opened(2, 1));
    expect(listed()).toMatchObject([{ id: 5, unread: 0 }]);
    expect(detail(5)).toMatchObject({ ticket: { unread: 0 }, read_seq: 3 });
  });

  it('is right about what was said since', async () => {
    void store.dispatch(getTicket.initiate(5));
    await answered(opened(2, 1));
    store.dispatch(ownReadMoved({ ticketId: 5, seq: 3, unread: 0 }));
    void store.dispatch(listTickets.initiate(ALL));
    await answered(page([ticket(5, { head_seq: 4, unread: 1 })]));
    expect(listed()).toMatchObject([{ id: 5, unread: 1 }]);
  });
});
