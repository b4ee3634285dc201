// The one ticket that the connection is in: joining it, leaving it, and joining it again where it stopped.
import type { Command, FrameOf, ServerFrame } from '@/api/types';
import { TicketFeed } from './ticketFeed';

interface Connection {
  /** Sends a command and returns its id; null while the server has not said welcome. */
  post: (command: Command) => number | null;
  /** Takes the frames in their order. */
  deliver: (frame: ServerFrame) => void;
}

/** Before asking again for something that the server could not do. */
const ASK_AGAIN_MS = 3_000;

export class JoinedTicket {
  readonly #connection: Connection;
  #feed: TicketFeed | null = null;
  /** The command whose answer counts: of several joins the latest. Null: not asked yet. */
  #joinId: number | null = null;
  #askAgainTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get isJoining(): boolean {
    return this.#feed?.joining ?? false;
  }

  isIn(ticketId: number): boolean {
    return this.#feed?.ticketId === ticketId && !this.#feed.joining;
  }

  /** Whether the connection is in any ticket. */
  get isInside(): boolean {
    return this.#feed !== null && !this.#feed.joining;
  }

  enter(ticketId: number, after: number | null): void {
    this.#feed = new TicketFeed(ticketId, after);
    this.#joinId = null;
    this.#join();
  }

  leave(ticketId: number): void {
    if (this.#feed?.ticketId !== ticketId) return;
    this.#feed = null;
    clearTimeout(this.#askAgainTimer);
    this.#connection.post({ type: 'ticket.leave' });
  }

  /** What a `hello` says of the ticket, so that it is joined in the same breath. */
  place(): { ticket_id?: number; after?: number | null } {
    return this.#feed ? { ticket_id: this.#feed.ticketId, after: this.#feed.last } : {};
  }

  /** The `hello` with the place is out. */
  helloSent(id: number): void {
    this.#joinId = this.#feed ? id : null;
  }

  /** The server knows us. The ticket may have been entered while the hello was on its way. */
  welcomed(): void {
    if (this.#feed && this.#joinId === null) this.#join();
  }

  /** The connection is gone. */
  lost(): void {
    this.#feed?.rejoin();
    this.#joinId = null;
    clearTimeout(this.#askAgainTimer);
  }

  joined(frame: FrameOf<'joined'>): void {
    if (frame.id !== this.#joinId || frame.ticket.id !== this.#feed?.ticketId) return;
    const next = this.#feed.joined(frame);
    this.#connection.deliver(frame);
    this.#pass(this.#feed.ticketId, next);
  }

  entry({ ticket_id, entry }: FrameOf<'entry'>): void {
    if (ticket_id === this.#feed?.ticketId) this.#pass(ticket_id, this.#feed.take(entry));
  }

  ping({ ticket_id, head }: FrameOf<'ping'>): void {
    if (ticket_id != null && ticket_id === this.#feed?.ticketId && this.#feed.isBehind(head ?? 0)) this.#join();
  }

  /** A command failed; if it was the join, and may succeed later, it is tried again. */
  refused({ id, code, retry_after_ms }: FrameOf<'error'>): void {
    if (id == null || id !== this.#joinId || !this.#feed?.joining) return;
    if (!['rate_limited', 'unavailable', 'internal'].includes(code)) {
      this.#feed = null;
      return;
    }
    clearTimeout(this.#askAgainTimer);
    this.#askAgainTimer = setTimeout(() => this.#join(), retry_after_ms ?? ASK_AGAIN_MS);
  }

  #pass(ticketId: number, { ready, gap }: ReturnType<TicketFeed['take']>): void {
    for (const entry of ready) this.#connection.deliver({ type: 'entry', ticket_id: ticketId, seq: entry.seq, entry });
    if (gap) this.#join();
  }

  #join(): void {
    if (!this.#feed) return;
    this.#feed.rejoin();
    const { ticketId, last } = this.#feed;
    this.#joinId = this.#connection.post({ type: 'ticket.join', ticket_id: ticketId, after: last });
  }
}
