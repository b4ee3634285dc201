// Which of two states of a ticket is the later one, so that an answer that was on its way does not undo a live frame.
import type { Ticket, TicketPage, TicketState } from '@/api/types';
import { compare, type Sort } from './listQuery';
import { recent } from './remembered';

/** The later state of both; of equals the first, and what its reader has read since stays read. */
export function later(answer: Ticket, known: Ticket | undefined): Ticket {
  if (known && known.head_seq > answer.head_seq) return known;
  const read = recent.get(answer.id);
  // Only a reading of this very state: of a frame it is guessed how much is unread.
  const isOld = read?.read_seq && read.head_seq === answer.head_seq && read.unread < answer.unread;
  return isOld ? { ...answer, unread: read.unread } : answer;
}

/** A page as the server gave it, with what live frames have brought since it was read. */
export function withLiveFrames(
  page: TicketPage,
  known: Map<number, Ticket>,
  isFirst: boolean,
  sort?: Sort,
): TicketPage {
  const items = page.items.map((ticket) => later(ticket, known.get(ticket.id)));
  if (!isFirst) return { ...page, items };
  const ids = new Set(items.map(({ id }) => id));
  const first = page.items[0];
  const arrived = [...known.values()].filter(
    (ticket) => !ids.has(ticket.id) && (!first || compare(ticket, first, sort) < 0),
  );
  return { ...page, items: [...arrived, ...items] };
}

/** A ticket after a live frame, which does not say how much is unread. */
export function withFrame(ticket: Ticket | undefined, frame: TicketState, userId: number): Ticket {
  const isNews = frame.last_message.seq > (ticket?.last_message.seq ?? 0) && frame.last_message.author.id !== userId;
  return { ...frame, unread: (ticket?.unread ?? 0) + (isNews ? 1 : 0) };
}

/** Every ticket of the pages once, in its latest state. */
export function inOrder(pages: TicketPage[], sort?: Sort): Ticket[] {
  const tickets = new Map<number, Ticket>();
  for (const ticket of pages.flatMap(({ items }) => items)) {
    tickets.set(ticket.id, later(ticket, tickets.get(ticket.id)));
  }
  return [...tickets.values()].sort((a, b) => compare(a, b, sort));
}
