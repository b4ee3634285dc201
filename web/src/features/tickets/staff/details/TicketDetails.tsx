// Beside the conversation: what the ticket is sorted under, and who has opened it.
import { Stack } from '@mantine/core';
import type { Ticket } from '@/api/types';
import type { Change, Changes } from '@/features/tickets/staff/changes';
import { RequesterCard } from './RequesterCard';
import { TicketFacts } from './TicketFacts';
import { TicketProperties } from './TicketProperties';

interface Props {
  ticket: Ticket;
  changes: Changes;
  onChange: (change: Change) => void;
}

export default function TicketDetails({ ticket, changes, onChange }: Props) {
  return (
    <Stack gap="lg" p="md">
      <TicketProperties ticket={ticket} changes={changes} onChange={onChange} />
      <RequesterCard key={ticket.requester.id} requester={ticket.requester} ticketId={ticket.id} />
      <TicketFacts ticket={ticket} />
    </Stack>
  );
}
