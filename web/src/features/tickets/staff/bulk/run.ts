// Changing many tickets: a few at a time, each with its own outcome, and back again.
import { isFailure, isPassing } from '@/api/failure';
import type { Priority, Status, Ticket } from '@/api/types';

export type BulkChange =
  | { field: 'status'; to: Status }
  | { field: 'assignee'; to: number | null }
  | { field: 'priority'; to: Priority };

/** One ticket that is to be changed by somebody who has seen it up to `seenSeq`. */
export interface BulkItem {
  ticket: Ticket;
  change: BulkChange;
  seenSeq: number;
}

/** What became of one: the ticket as it is now, or why it was not changed. */
export type Outcome = { item: BulkItem; ticket: Ticket } | { item: BulkItem; ticket: null; failure: unknown };

/** So many requests at once. */
const AT_ONCE = 4;

/** Runs `work` on every item, and tells of each outcome as it comes. The outcomes are in the order of the items. */
export async function runBulk(
  items: readonly BulkItem[],
  work: (item: BulkItem) => Promise<Outcome>,
  onOutcome: () => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const place = next;
      next += 1;
      const item = items[place];
      if (!item) return;
      outcomes[place] = await work(item);
      onOutcome();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return outcomes;
}

/** What puts back what was changed, where it was. A ticket that somebody has changed since then is left to them. */
export function undoing(outcomes: readonly Outcome[]): BulkItem[] {
  return outcomes.flatMap((outcome) => {
    const { item, ticket } = outcome;
    if (ticket === null) return [];
    const change = before(item);
    return isSame(change, item.change) ? [] : [{ ticket, change, seenSeq: ticket.head_seq }];
  });
}

/** What has failed for a reason that may have passed. */
export function worthAnother(outcomes: readonly Outcome[]): BulkItem[] {
  return outcomes.flatMap((outcome) => {
    const mayWork = outcome.ticket === null && isFailure(outcome.failure) && isPassing(outcome.failure);
    return mayWork ? [outcome.item] : [];
  });
}

function before({ ticket, change: { field } }: BulkItem): BulkChange {
  switch (field) {
    case 'status':
      return { field, to: ticket.status };
    case 'assignee':
      return { field, to: ticket.assignee?.id ?? null };
    case 'priority':
      return { field, to: ticket.priority };
  }
}

function isSame(a: BulkChange, b: BulkChange): boolean {
  return a.field === b.field && a.to === b.to;
}
