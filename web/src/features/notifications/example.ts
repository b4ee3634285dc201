// An example of a notification, for tests.
import type { Notification } from '@/api/types';
import { ADA } from '@/testing/examples';

export function notification(id: number, more: Partial<Notification> = {}): Notification {
  const created_at = '2026-01-31T09:15:00.000000Z';
  const ticket = { id: 5, title: 'Ticket 5' };
  return { id, kind: 'message', ticket, seq: id, count: 1, actor: ADA, created_at, read_at: null, ...more };
}
