// A ticket list: which tickets belong to it, here and on the server, and in which order.
import type { Priority, Status, Ticket, TicketState, WaitingOn } from '@/api/types';

export type Sort = 'updated' | 'created' | 'priority';

/** What is absent leaves nothing out. */
export interface ListQuery {
  status?: readonly Status[];
  priority?: Priority;
  category?: number;
  assignee?: 'me' | 'none' | number;
  requester?: number;
  waiting_on?: WaitingOn;
  /** The latest change first when absent. */
  sort?: Sort;
}

export const UNCLOSED: readonly Status[] = ['open', 'in_progress', 'pending', 'resolved'];

/** The lists of a customer, to whom it only matters whether a ticket is over. */
export const MY_LISTS = { current: { status: UNCLOSED }, closed: { status: ['closed'] } } satisfies Record<string, ListQuery>;
export type MyView = keyof typeof MY_LISTS;

/** The parameters of the list request. */
export function parametersOf({ status, ...others }: ListQuery) {
  return { status: status?.join(','), ...others };
}

export function belongsTo(ticket: TicketState, query: ListQuery, userId: number): boolean {
  const assignee = query.assignee === 'me' ? userId : query.assignee === 'none' ? null : query.assignee;
  const wanted: [unknown, unknown][] = [
    [query.priority, ticket.priority],
    [query.category, ticket.category?.id],
    [assignee, ticket.assignee?.id ?? null],
    [query.requester, ticket.requester.id],
    [query.waiting_on, ticket.waiting_on],
  ];
  return (
    (query.status?.includes(ticket.status) ?? true) && wanted.every(([want, is]) => want === undefined || want === is)
  );
}

const RANKS: Record<Priority, number> = { low: 0, normal: 1, high: 2, urgent: 3 };

/** As the server sorts: negative when `a` stands before `b`. */
export function compare(a: Ticket, b: Ticket, sort: Sort = 'updated'): number {
  const key = `${sort}_at` as `${Exclude<Sort, 'priority'>}_at`;
  const order = sort === 'priority' ? RANKS[b.priority] - RANKS[a.priority] : b[key].localeCompare(a[key]);
  return order || b.id - a.id;
}
