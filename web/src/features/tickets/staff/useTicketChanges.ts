// Changes of a ticket by staff. One that is refused because something had happened meanwhile can be made knowingly.
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket, UpdateTicketRequest } from '@/api/types';
import { failureText } from '@/components/form/fieldErrors';
import { missedIn, seenAfter } from '@/components/missed';
import { useSetStatusMutation, useUpdateTicketMutation } from '@/features/tickets/ticketsApi';
import { answered, begun, type Change, type Changes, givenUp, NO_CHANGES, type Refusal } from './changes';
import { inTurn } from './inTurn';

export interface TicketChanges {
  changes: Changes;
  make: (change: Change) => void;
  /** Makes a refused change in the knowledge of what it had missed. */
  insist: (refusal: Refusal) => void;
  giveUp: (refusal: Refusal) => void;
}

export function useTicketChanges({ id, head_seq }: Ticket): TicketChanges {
  const { t } = useTranslation();
  const [setStatus] = useSetStatusMutation();
  const [updateTicket] = useUpdateTicketMutation();
  const [changes, setChanges] = useState(NO_CHANGES);
  const [takeTurn] = useState(inTurn);

  const send = async (change: Change, seen_seq: number) => {
    setChanges((before) => begun(before, change));
    // Sent at once, the first of two choices could come last, and stay.
    const { error } = await takeTurn<{ error?: unknown }>(() =>
      change.field === 'status'
        ? setStatus({ id, request: { status: change.to, client_id: change.clientId, seen_seq } })
        : updateTicket({ id, request: { ...editOf(change), seen_seq } }),
    );
    const missed = missedIn(error);
    setChanges((before) => answered(before, change, missed));
    if (!error || missed) return;
    notifications.show({ color: 'red', title: t(`console.failed.${change.field}`), message: failureText(t, error) });
  };

  return {
    changes,
    make: (change) => void send(change, head_seq),
    insist: ({ change, missed }) => void send(change, seenAfter(missed)),
    giveUp: (refusal) => setChanges((before) => givenUp(before, refusal)),
  };
}

function editOf(change: Exclude<Change, { field: 'status' }>): Omit<UpdateTicketRequest, 'seen_seq'> {
  switch (change.field) {
    case 'assignee':
      return { assignee_id: change.to };
    case 'priority':
      return { priority: change.to };
    case 'category':
      return { category_id: change.to };
    case 'title':
      return { title: change.to };
  }
}
