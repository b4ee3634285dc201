// Which of two states of a ticket is the later one, so that an answer that was on its way does not undo a live frame.
import type { Ticket, TicketPage, TicketState } from '@/api/types';

/** The later state of both; of equals the first. */
export function later(answer: Ticket, known: Ticket | undefined): Ticket {
  return known && known.head_seq > answer.head_seq ? known : answer;
}

/** A page as the server gave it, with what live frames have brought since it was read. */
export function withLiveFrames(page: TicketPage, known: Map<number, Ticket>, isFirst: boolean): TicketPage {
  const items = page.items.map((ticket) => later(ticket, known.get(ticket.id)));
  if (!isFirst) return { ...page, items };
  const ids = new Set(items.map(({ id }) => id));
  const newest = page.items[0]?.updated_at ?? '';
  const arrived = [...known.values()].filter(({ id, updated_at }) => !ids.has(id) && updated_at > newest);
  return { ...page, items: [...arrived, ...items] };
}

/** A ticket after a live frame, which does not say how much is unread. */
export function withFrame(ticket: Ticket | undefined, frame: TicketState, userId: number): Ticket {
  const isNews = frame.last_message.seq > (ticket?.last_message.seq ?? 0) && frame.last_message.author.id !== userId;
  return { ...frame, unread: (ticket?.unread ?? 0) + (isNews ? 1 : 0) };
}

/** Every ticket of the pages once, in its latest state, the latest change first. */
export function inOrder(pages: TicketPage[]): Ticket[] {
  const tickets = new Map<number, Ticket>();
  for (const ticket of pages.flatMap(({ items }) => items)) {
    tickets.set(ticket.id, later(ticket, tickets.get(ticket.id)));
  }
  return [...tickets.values()].sort((a, b) => b.updated_at.localeCompare(a.updated_at) || b.id - a.id);
}
