// Examples of what the server sends.
import type { Entry, FrameOf, Person, Ticket, TicketPage, User, VisibleEntry } from '@/api/types';

export const CORA: Person = { id: 7, name: 'Cora', role: 'user' };
export const ADA: Person = { id: 1, name: 'Ada', role: 'admin' };

export function entry(seq: number, more: Partial<VisibleEntry> = {}): Entry {
  return {
    seq,
    kind: 'message',
    actor: CORA,
    created_at: '2026-01-31T09:15:00.000000Z',
    client_id: null,
    body: `Message ${seq}`,
    from: null,
    to: null,
    ...more,
  };
}

export function ticket(id: number, more: Partial<Ticket> = {}): Ticket {
  return {
    id,
    title: `Ticket ${id}`,
    status: 'open',
    priority: 'normal',
    category: null,
    requester: CORA,
    assignee: null,
    follows_id: null,
    head_seq: 1,
    waiting_on: 'staff',
    last_message: { seq: 1, author: CORA, preview: 'Hello', created_at: '2026-01-31T09:15:00.000000Z' },
    created_at: '2026-01-31T09:15:00.000000Z',
    updated_at: '2026-01-31T09:15:00.000000Z',
    closed_at: null,
    unread: 0,
    ...more,
  };
}

export function page(items: Ticket[], next_cursor: string | null = null): TicketPage {
  return { items, next_cursor, truncated: false };
}

export function joined(id: number, entries: Entry[], more: Partial<FrameOf<'joined'>> = {}): FrameOf<'joined'> {
  const head = entries.at(-1)?.seq ?? 0;
  return { type: 'joined', id, ticket: ticket(5, { head_seq: head }), head, snapshot: false, entries, ...more };
}

export function welcome(id: number): FrameOf<'welcome'> {
  const user: User = { ...CORA, email: 'cora@example.org', created_at: '2026-01-31T09:15:00.000000Z' };
  return { type: 'welcome', id, user, expires_at: '2026-01-31T09:20:00.000000Z', heartbeat_s: 25, version: '1.0.0' };
}
