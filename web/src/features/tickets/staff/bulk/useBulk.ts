// Makes one change of many tickets and keeps what became of it, until it is put away.
import { useState } from 'react';
import { newClientId } from '@/api/clientId';
import type { Ticket } from '@/api/types';
import { useSetStatusMutation, useUpdateTicketMutation } from '@/features/tickets/ticketsApi';
import { type BulkChange, type BulkItem, type Outcome, runBulk, undoing } from './run';

export type Bulk =
  | { phase: 'idle' }
  | { phase: 'running'; done: number; total: number }
  | { phase: 'over'; outcomes: Outcome[]; undo: BulkItem[]; isUndone: boolean };

export function useBulk() {
  const [bulk, setBulk] = useState<Bulk>({ phase: 'idle' });
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

  const run = async (items: BulkItem[], isUndone: boolean) => {
    let done = 0;
    const tell = () => setBulk({ phase: 'running', done, total: items.length });
    tell();
    const outcomes = await runBulk(items, work, () => {
      done += 1;
      tell();
    });
    setBulk({ phase: 'over', outcomes, undo: isUndone ? [] : undoing(outcomes), isUndone });
  };

  return {
    bulk,
    make: (tickets: Ticket[], change: BulkChange) =>
      void run(
        tickets.map((ticket) => ({ ticket, change, seenSeq: ticket.head_seq })),
        false,
      ),
    undo: () => bulk.phase === 'over' && void run(bulk.undo, true),
    putAway: () => setBulk({ phase: 'idle' }),
  };
}
