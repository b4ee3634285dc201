// Makes one change of many tickets. How far it is and what became of it is kept by whoever calls, beyond the parts that
// start it.
import { newClientId } from '@/api/clientId';
import type { Ticket } from '@/api/types';
import { useSetStatusMutation, useUpdateTicketMutation } from '@/features/tickets/ticketsApi';
import { type BulkChange, type BulkItem, type Outcome, runBulk, undoing, worthAnother } from './run';

export type BulkState =
  | { phase: 'idle' }
  | { phase: 'running'; done: number; total: number }
  | { phase: 'over'; outcomes: Outcome[]; again: BulkItem[]; undo: BulkItem[]; isUndone: boolean };

export type BulkOver = Extract<BulkState, { phase: 'over' }>;

export function useBulk(setState: (state: BulkState) => void) {
  const [setStatus] = useSetStatusMutation();
  const [updateTicket] = useUpdateTicketMutation();

  const work = async (item: BulkItem): Promise<Outcome> => {
    const { change, seenSeq: seen_seq } = item;
    const { id } = item.ticket;
    if (change.field === 'status') {
      const { data, error } = await setStatus({ id, request: { status: change.to, client_id: newClientId(), seen_seq } });
      return data ? { item, ticket: data.ticket } : { item, ticket: null, failure: error };
    }
    const wish = change.field === 'assignee' ? { assignee_id: change.to } : { priority: change.to };
    const { data, error } = await updateTicket({ id, request: { ...wish, seen_seq } });
    return data ? { item, ticket: data } : { item, ticket: null, failure: error };
  };

  /** `before`: what became of others when the same was tried before. */
  const run = async (items: BulkItem[], isUndone: boolean, before: Outcome[] = []) => {
    let done = 0;
    const tell = () => setState({ phase: 'running', done, total: items.length });
    tell();
    const now = await runBulk(items, work, () => {
      done += 1;
      tell();
    });
    const outcomes = [...before, ...now];
    const undo = isUndone ? [] : undoing(outcomes);
    setState({ phase: 'over', outcomes, again: worthAnother(outcomes), undo, isUndone });
  };

  return {
    make: (tickets: Ticket[], change: BulkChange) =>
      void run(
        tickets.map((ticket) => ({ ticket, change, seenSeq: ticket.head_seq })),
        false,
      ),
    retry: ({ outcomes, again, isUndone }: BulkOver) =>
      void run(again, isUndone, outcomes.filter(({ item }) => !again.includes(item))),
    undo: ({ undo }: BulkOver) => void run(undo, true),
  };
}
