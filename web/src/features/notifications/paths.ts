// Where notifications lead.
import type { Notification } from '@/api/types';

export interface NotificationPaths {
  ticket: (ticketId: number) => string;
  /** Where the reader's sessions are. */
  devices: string;
}

/** Null when there is nowhere to go. */
export function pathOf({ kind, ticket }: Notification, paths: NotificationPaths): string | null {
  if (ticket) return paths.ticket(ticket.id);
  return kind === 'session_reused' ? paths.devices : null;
}
