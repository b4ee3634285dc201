// The position in one ticket's timeline, and the rule that keeps its entries in order without a hole.
import type { Entry, FrameOf } from '@/api/types';

export class TicketFeed {
  readonly ticketId: number;
  #last: number | null;
  #joining = true;
  readonly #early = new Map<number, Entry>();

  /** `last`: the latest seq that the client has; null when it has nothing. */
  constructor(ticketId: number, last: number | null) {
    this.ticketId = ticketId;
    this.#last = last;
  }

  get last(): number | null {
    return this.#last;
  }

  /** True until the server has answered the join. */
  get joining(): boolean {
    return this.#joining;
  }

  /** The client is about to ask for what it missed. */
  rejoin(): void {
    this.#joining = true;
  }

  /** Takes an entry and returns those that are next in order. `gap`: something in between is missing. */
  take(entry: Entry): { ready: Entry[]; gap: boolean } {
    if (this.#joining || this.#last === null) {
      this.#early.set(entry.seq, entry);
      return { ready: [], gap: false };
    }
    if (entry.seq <= this.#last) return { ready: [], gap: false };
    this.#early.set(entry.seq, entry);
    return this.#inOrder();
  }

  /** Takes the answer to a join, and returns the entries that had come too early and follow it. */
  joined({ head, entries }: FrameOf<'joined'>): { ready: Entry[]; gap: boolean } {
    this.#joining = false;
    this.#last = Math.max(head, entries.at(-1)?.seq ?? 0);
    return this.#inOrder();
  }

  /** True when the server is ahead of what has arrived. */
  isBehind(head: number): boolean {
    return !this.#joining && this.#last !== null && head > this.#last;
  }

  #inOrder(): { ready: Entry[]; gap: boolean } {
    const ready: Entry[] = [];
    let last = this.#last ?? 0;
    for (const seq of [...this.#early.keys()].sort((a, b) => a - b)) {
      const entry = this.#early.get(seq);
      if (seq > last + 1) break;
      this.#early.delete(seq);
      if (seq === last + 1 && entry) {
        ready.push(entry);
        last = seq;
      }
    }
    this.#last = last;
    return { ready, gap: this.#early.size > 0 };
  }
}
