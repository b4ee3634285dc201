// The ticket that staff has open, for what changes it from elsewhere: what is refused shows where the ticket is.
import type { Ticket } from '@/api/types';
import { inUse } from '@/components/inUse';
import type { Change } from './changes';

export interface OpenTicket {
  ticket: Ticket;
  make: (change: Change) => void;
}

export const openTicket = inUse<OpenTicket>();
