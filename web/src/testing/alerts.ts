// Examples of alerts.
import type { Alert } from '@/api/types';

export function alert(ticket_id: number, level = 0): Alert {
  return {
    ticket_id,
    title: `Ticket ${ticket_id}`,
    level,
    raised_at: '2026-01-31T09:15:00.000000Z',
    acknowledged_by: null,
    acknowledged_at: null,
    ended_at: null,
  };
}

export function noticed(ticket_id: number, level = 0): Alert {
  return {
    ...alert(ticket_id, level),
    acknowledged_by: { id: 1, name: 'Ada', role: 'admin' },
    acknowledged_at: '2026-01-31T09:16:00.000000Z',
    ended_at: '2026-01-31T09:16:00.000000Z',
  };
}
