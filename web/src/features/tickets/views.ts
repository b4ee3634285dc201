// The views of a ticket list: which tickets belong to it, here and on the server.
import type { Status, TicketState } from '@/api/types';

export const VIEWS = ['active', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'all'] as const;
export type View = (typeof VIEWS)[number];

const STATUSES: Record<View, readonly Status[] | null> = {
  active: ['open', 'in_progress', 'pending'],
  open: ['open'],
  in_progress: ['in_progress'],
  pending: ['pending'],
  resolved: ['resolved'],
  closed: ['closed'],
  all: null,
};

export function isView(text: string | null): text is View {
  return VIEWS.some((view) => view === text);
}

/** The `status` parameter of the list request. */
export function statusParameter(view: View): string | undefined {
  return STATUSES[view]?.join(',');
}

export function belongsTo(ticket: TicketState, view: View): boolean {
  return STATUSES[view]?.includes(ticket.status) ?? true;
}
