// What live frames do to the alerts that wait for somebody.
import { alertChanged, connected, ticketChanged } from '@/realtime/events';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { alertsApi } from './alertsApi';
import { isOver, type Waiting, withAlert, without } from './waiting';

const fetchAfresh = () => alertsApi.util.invalidateTags(['Alerts']);
const openAlerts = alertsApi.endpoints.openAlerts.select();

interface Listener {
  dispatch: SharedDispatch;
  getState: () => SharedState;
}

function put({ dispatch, getState }: Listener, change: (waiting: Waiting) => Waiting): void {
  const before = openAlerts(getState());
  dispatch(alertsApi.util.updateQueryData('openAlerts', undefined, change));
  const wentAway = (openAlerts(getState()).data?.alerts.length ?? 0) < (before.data?.alerts.length ?? 0);
  // An answer that is on its way may be from before; and where one goes, an older one takes its place.
  if (before.isLoading || (wentAway && before.data?.more)) dispatch(fetchAfresh());
}

/** Until the function that it returns is called. */
export function startAlertListeners(): () => void {
  const ended = new Set<number>();

  const stops = [
    startListening({
      actionCreator: connected,
      effect: (_action, { dispatch }) => void dispatch(fetchAfresh()),
    }),

    startListening({
      actionCreator: alertChanged,
      effect: ({ payload: { alert } }, listener) => {
        if (isOver(alert)) ended.add(alert.ticket_id);
        put(listener, (waiting) => withAlert(waiting, alert, ended));
      },
    }),

    // Closed by its customer: no alert says so.
    startListening({
      actionCreator: ticketChanged,
      effect: ({ payload: { ticket } }, listener) => {
        if (ticket.status !== 'closed') return;
        ended.add(ticket.id);
        put(listener, (waiting) => without(waiting, ticket.id));
      },
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
