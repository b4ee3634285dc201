// What was heard of tickets lately, for answers that were on their way meanwhile.
import type { Ticket } from '@/api/types';

/** Answers do not stay away long. */
const MOST = 50;

/** Tickets after a live frame, which perhaps no list holds yet, or as their reader has left them, who had come so far. */
export const recent = new Map<number, Ticket & { read_seq?: number }>();

export function remember(ticket: Ticket & { read_seq?: number }): Ticket {
  // Again at the end: the first is the oldest.
  recent.delete(ticket.id);
  recent.set(ticket.id, ticket);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST) break;
    recent.delete(oldest);
  }
  return ticket;
}
