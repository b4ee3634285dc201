// The new tickets that nobody of staff has taken notice of, as alerts tell of them.
import type { Alert } from '@/api/types';

export interface Waiting {
  /** Those of the latest tickets first. */
  alerts: Alert[];
  /** There are older ones, too. */
  more: boolean;
}

/** The tickets that call no more, which is for good: frames of two nodes may overtake each other. */
export type Ended = ReadonlySet<number>;

/** The list after an alert: none of a ticket that calls no more. */
export function withAlert({ alerts, more }: Waiting, alert: Alert, ended: Ended): Waiting {
  const others = alerts.filter(({ ticket_id }) => ticket_id !== alert.ticket_id);
  if (isOver(alert) || ended.has(alert.ticket_id)) return { alerts: others, more };
  const known = alerts.find(({ ticket_id }) => ticket_id === alert.ticket_id);
  // The higher level is the later.
  const latest = known && known.level > alert.level ? known : alert;
  return { alerts: [...others, latest].sort((a, b) => b.ticket_id - a.ticket_id), more };
}

/** The list when this ticket is over, or looked after. */
export function without({ alerts, more }: Waiting, ticketId: number): Waiting {
  return { alerts: alerts.filter(({ ticket_id }) => ticket_id !== ticketId), more };
}

/** Whether nobody has to take notice of it any more. */
export function isOver({ acknowledged_by, ended_at }: Alert): boolean {
  return acknowledged_by !== null || ended_at !== null;
}
