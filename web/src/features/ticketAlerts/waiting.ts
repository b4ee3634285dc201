// The new tickets that nobody of staff has taken notice of, as alerts tell of them.
import type { Alert } from '@/api/types';

/** The list after an alert: the latest tickets first, and none that somebody has taken notice of. */
export function withAlert(waiting: readonly Alert[], alert: Alert): Alert[] {
  const others = waiting.filter(({ ticket_id }) => ticket_id !== alert.ticket_id);
  if (alert.acknowledged_by) return others;
  const known = waiting.find(({ ticket_id }) => ticket_id === alert.ticket_id);
  // Frames of two nodes may overtake each other: the higher level is the later.
  const latest = known && known.level > alert.level ? known : alert;
  return [...others, latest].sort((a, b) => b.ticket_id - a.ticket_id);
}

/** The list when this ticket is over, or looked after. */
export function without(waiting: readonly Alert[], ticketId: number): Alert[] {
  return waiting.filter(({ ticket_id }) => ticket_id !== ticketId);
}
