// What the console's address says: the view, what narrows it, the order, and what is searched for.
import type { Priority, Status } from '@/api/types';
import { withParameter } from '@/components/address';
import { type ListQuery, type Sort, UNCLOSED } from '@/features/tickets/listQuery';

export const VIEWS = {
  mine: { assignee: 'me', status: UNCLOSED },
  unassigned: { assignee: 'none', status: UNCLOSED },
  open: { status: UNCLOSED },
  waiting: { waiting_on: 'staff' },
  closed: { status: ['closed'] },
  all: {},
} as const satisfies Record<string, ListQuery>;
export type View = keyof typeof VIEWS;

export const STATUSES: readonly Status[] = [...UNCLOSED, 'closed'];
export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
export const SORTS: readonly Sort[] = ['updated', 'created', 'priority'];

/** The parameters that narrow a view. */
export const FILTERS = ['status', 'priority', 'category', 'assignee', 'requester'] as const;
export type Filter = (typeof FILTERS)[number];

export function viewIn(address: URLSearchParams): View {
  const view = address.get('view');
  return view !== null && Object.hasOwn(VIEWS, view) ? (view as View) : 'open';
}

/** What is searched for, without the space around it. */
export function searchIn(address: URLSearchParams): string {
  return address.get('q')?.trim() ?? '';
}

/** The list that the address asks for. What it says that is none is passed over. */
export function listIn(address: URLSearchParams): ListQuery {
  const list: ListQuery = { ...VIEWS[viewIn(address)] };
  const status = oneOf(STATUSES, address.get('status'));
  // Within the view: what the view leaves out stays out.
  if (status) list.status = (list.status ?? STATUSES).filter((each) => each === status);
  const priority = oneOf(PRIORITIES, address.get('priority'));
  if (priority) list.priority = priority;
  const sort = oneOf(SORTS, address.get('sort'));
  if (sort) list.sort = sort;
  const category = numberIn(address.get('category'));
  if (category !== null) list.category = category;
  const requester = numberIn(address.get('requester'));
  if (requester !== null) list.requester = requester;
  const assignee = address.get('assignee');
  const wanted = assignee === 'me' || assignee === 'none' ? assignee : numberIn(assignee);
  if (wanted !== null && list.assignee === undefined) list.assignee = wanted;
  return list;
}

/** The same address without what narrows the view. */
export function withoutFilters(address: URLSearchParams): URLSearchParams {
  return FILTERS.reduce((rest, name) => withParameter(rest, name, ''), address);
}

/** How many parameters narrow the view. */
export function narrowings(address: URLSearchParams): number {
  return FILTERS.filter((name) => address.has(name)).length;
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null;
}

export function numberIn(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}
