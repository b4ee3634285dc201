// Changes of a ticket by staff. One that is refused because something had happened meanwhile can be made knowingly.
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, Status, Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { failureText } from '@/components/form/fieldErrors';
import { missedIn, seenAfter } from '@/components/missed';
import { useSetStatusMutation, useUpdateTicketMutation } from '@/features/tickets/ticketsApi';

export type Change = { to: Status; clientId: string } | { to: 'me' };

export interface Refusal {
  change: Change;
  missed: Entry[];
}

export interface TicketChanges {
  underWay: Change | null;
  refusal: Refusal | null;
  make: (change: Change) => void;
  /** Makes the refused change in the knowledge of what it had missed. */
  insist: () => void;
  giveUp: () => void;
}

export function useTicketChanges({ id, head_seq }: Ticket): TicketChanges {
  const { t } = useTranslation();
  const user = useUser();
  const [setStatus] = useSetStatusMutation();
  const [updateTicket] = useUpdateTicketMutation();
  const [underWay, setUnderWay] = useState<Change | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const send = async (change: Change, seen_seq: number) => {
    setUnderWay(change);
    const { error } =
      change.to === 'me'
        ? await updateTicket({ id, request: { assignee_id: user.id, seen_seq } })
        : await setStatus({ id, request: { status: change.to, client_id: change.clientId, seen_seq } });
    setUnderWay(null);
    const missed = missedIn(error);
    setRefusal(missed && { change, missed });
    if (!error || missed) return;
    const title = change.to === 'me' ? t('console.assignFailed') : t('console.statusFailed');
    notifications.show({ color: 'red', title, message: failureText(t, error) });
  };

  return {
    underWay,
    refusal,
    make: (change) => void send(change, head_seq),
    insist: () => refusal && void send(refusal.change, seenAfter(refusal.missed)),
    giveUp: () => setRefusal(null),
  };
}
