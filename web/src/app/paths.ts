// Where things are for whom.
import type { User } from '@/api/types';

export const ACCOUNT_PATH = '/account';
/** A part of the account page. */
export const DEVICES_PATH = '/account#devices';
export const NOTIFICATIONS_PATH = '/notifications';

export function homeOf({ role }: User): string {
  return role === 'admin' ? '/admin' : '/';
}

export function ticketPathOf({ role }: User): (ticketId: number) => string {
  return role === 'admin' ? staffTicketPath : customerTicketPath;
}

const staffTicketPath = (ticketId: number) => `/admin/tickets/${ticketId}`;
const customerTicketPath = (ticketId: number) => `/tickets/${ticketId}`;

/** Where the console's list is, alone or beside a ticket. */
export function isConsole(pathname: string): boolean {
  return pathname === '/admin' || pathname.startsWith('/admin/tickets/');
}

/** The number in an address, or null when it is none. */
export function ticketIdIn(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}
