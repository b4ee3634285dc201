// Where a ticket stands, in the plain words that its customer reads.
import type { TFunction } from 'i18next';
import type { TicketState } from '@/api/types';

export function standingOf(t: TFunction, { status, waiting_on }: Pick<TicketState, 'status' | 'waiting_on'>): string {
  if (status === 'closed') return t('tickets.standing.closed');
  if (waiting_on === 'staff') return t(`tickets.standing.${status}_staff`);
  if (status === 'resolved') return t('tickets.standing.resolved');
  return waiting_on === 'customer' ? t('tickets.standing.customer') : t('tickets.standing.nobody');
}
