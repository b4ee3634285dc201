// Changes of a ticket under way, and those that were refused: of each field apart, and of each field the latest.
import type { Entry, Priority, Status } from '@/api/types';

export type Change =
  | { field: 'status'; to: Status; clientId: string }
  | { field: 'assignee'; to: number | null }
  | { field: 'priority'; to: Priority }
  | { field: 'category'; to: number | null }
  | { field: 'title'; to: string };

export type Field = Change['field'];

export interface Refusal {
  change: Change;
  /** What had happened meanwhile. */
  missed: Entry[];
}

interface Standing {
  underWay: Change | null;
  refusal: Refusal | null;
}

export type Changes = Record<Field, Standing>;

const NOTHING: Standing = { underWay: null, refusal: null };

export const NO_CHANGES: Changes = {
  status: NOTHING,
  assignee: NOTHING,
  priority: NOTHING,
  category: NOTHING,
  title: NOTHING,
};

/** A change is sent. What was refused before stays in sight while it is made again; another change takes its place. */
export function begun(changes: Changes, change: Change): Changes {
  const { refusal } = changes[change.field];
  return put(changes, change, { underWay: change, refusal: refusal?.change === change ? refusal : null });
}

/** The answer has come; `missed` is what it was refused for. Answers to a change that another has followed are late. */
export function answered(changes: Changes, change: Change, missed: Entry[] | null): Changes {
  if (changes[change.field].underWay !== change) return changes;
  return put(changes, change, { underWay: null, refusal: missed && { change, missed } });
}

export function givenUp(changes: Changes, { change }: Refusal): Changes {
  return put(changes, change, { ...changes[change.field], refusal: null });
}

function put(changes: Changes, { field }: Change, standing: Standing): Changes {
  return { ...changes, [field]: standing };
}
