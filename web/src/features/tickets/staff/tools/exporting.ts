// The tickets of the list as a file.
import { type Download, download } from '@/api/download';
import { listIn, searchIn } from '@/features/tickets/staff/address';
import { parametersOf } from '@/features/tickets/listQuery';

/** What is exported is what the list would show if it were loaded to its end. */
export function exportParameters(address: URLSearchParams) {
  return { ...parametersOf(listIn(address)), q: searchIn(address) || undefined };
}

export function exportTickets(address: URLSearchParams): Promise<Download> {
  return download('/tickets/export', exportParameters(address));
}

/** For a server on another origin, whose name of the file may not be heard. */
export function nameOfToday(now: Date): string {
  return `tickets-${now.toISOString().slice(0, 10)}.csv`;
}
