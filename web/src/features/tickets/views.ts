// The views of a ticket list: which tickets belong to it, here and on the server.
import type { Status, TicketState } from '@/api/types';

/** Those of staff. */
export const VIEWS = ['active', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** Those of a customer, to whom it only matters whether a ticket is over. */
export const MY_VIEWS = ['current', 'closed'] as const;
export type MyView = (typeof MY_VIEWS)[number];

export type AnyView = View | MyView;

const STATUSES: Record<AnyView, readonly Status[] | null> = {
  active: ['open', 'in_progress', 'pending'],
  open: ['open'],
  in_progress: ['in_progress'],
  pending: ['pending'],
  resolved: ['resolved'],
  closed: ['closed'],
  all: null,
  current: ['open', 'in_progress', 'pending', 'resolved'],
};

export function isView(text: string | null): text is View {
  return VIEWS.some((view) => view === text);
}

/** The `status` parameter of the list request. */
export function statusParameter(view: AnyView): string | undefined {
  return STATUSES[view]?.join(',');
}

export function belongsTo(ticket: TicketState, view: AnyView): boolean {
  return STATUSES[view]?.includes(ticket.status) ?? true;
}
