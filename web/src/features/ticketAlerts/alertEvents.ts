// What live frames do to the alerts that wait for somebody.
import type { Alert } from '@/api/types';
import { alertChanged, connected, ticketChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { alertsApi } from './alertsApi';
import { withAlert, without } from './waiting';

const fetchAfresh = () => alertsApi.util.invalidateTags(['Alerts']);
const openAlerts = alertsApi.endpoints.openAlerts.select();

const put = (change: (waiting: readonly Alert[]) => Alert[]) =>
  alertsApi.util.updateQueryData('openAlerts', undefined, change);

/** Until the function that it returns is called. */
export function startAlertListeners(): () => void {
  const stops = [
    startListening({
      actionCreator: connected,
      effect: (_action, { dispatch }) => void dispatch(fetchAfresh()),
    }),

    startListening({
      actionCreator: alertChanged,
      effect: ({ payload: { alert } }, listener) => {
        listener.dispatch(put((waiting) => withAlert(waiting, alert)));
        // An answer that is on its way may be from before.
        if (openAlerts(listener.getState()).isLoading) listener.dispatch(fetchAfresh());
      },
    }),

    // Closed by its customer: no alert says so.
    startListening({
      actionCreator: ticketChanged,
      effect: ({ payload: { ticket } }, listener) => {
        if (ticket.status !== 'closed') return;
        listener.dispatch(put((waiting) => without(waiting, ticket.id)));
        if (openAlerts(listener.getState()).isLoading) listener.dispatch(fetchAfresh());
      },
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
