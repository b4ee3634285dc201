// What live frames do to the notifications.
import { signedOut } from '@/api/sessionSlice';
import { connected, notificationArrived, ownReadMoved } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { notificationsApi } from './notificationsApi';
import { tellReadAll } from './otherTabs';
import { mayTellOf, withNotification } from './place';

const fetchAfresh = () => notificationsApi.util.invalidateTags(['Notifications']);

const listOf = notificationsApi.endpoints.listNotifications.select();

export function startNotificationListeners(): void {
  /** How far the reader has come in each ticket. One reading is told of several times: by this tab, another one, the socket. */
  const readSeqs = new Map<number, number>();
  const isRead = (ticketId: number, seq: number) => seq <= (readSeqs.get(ticketId) ?? 0);

  startListening({ actionCreator: signedOut, effect: () => readSeqs.clear() });

  startListening({
    actionCreator: connected,
    effect: (_action, { dispatch }) => void dispatch(fetchAfresh()),
  });

  // Reading a ticket marks its notifications as read.
  startListening({
    actionCreator: ownReadMoved,
    effect: ({ payload: { ticketId, seq } }, listener) => {
      if (isRead(ticketId, seq)) return;
      readSeqs.set(ticketId, seq);
      const { data, isLoading } = listOf(listener.getState());
      // An answer that is on its way may be from before.
      if (isLoading || (data && mayTellOf(ticketId, data.pages))) listener.dispatch(fetchAfresh());
    },
  });

  startListening({
    matcher: notificationsApi.endpoints.readAllNotifications.matchFulfilled,
    effect: tellReadAll,
  });

  startListening({
    actionCreator: notificationArrived,
    effect: ({ payload: { notification, unread } }, listener) => {
      listener.dispatch(
        notificationsApi.util.updateQueryData('listNotifications', undefined, (list) => {
          list.pages = withNotification(list.pages, notification, unread);
        }),
      );
      // An answer that is on its way may not know of it yet.
      const { isLoading } = listOf(listener.getState());
      const { ticket, seq } = notification;
      // Its reader was faster.
      const isLate = ticket !== null && seq !== null && isRead(ticket.id, seq);
      if (isLoading || isLate) listener.dispatch(fetchAfresh());
    },
  });
}
