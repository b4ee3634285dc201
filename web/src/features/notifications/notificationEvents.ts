// What live frames do to the notifications.
import { connected, notificationArrived, ownReadMoved } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { notificationsApi } from './notificationsApi';
import { tellReadAll } from './otherTabs';
import { withNotification } from './place';

const fetchAfresh = () => notificationsApi.util.invalidateTags(['Notifications']);

export function startNotificationListeners(): void {
  startListening({
    actionCreator: connected,
    effect: (_action, { dispatch }) => void dispatch(fetchAfresh()),
  });

  // Reading a ticket marks its notifications as read.
  startListening({
    actionCreator: ownReadMoved,
    effect: (_action, { dispatch }) => void dispatch(fetchAfresh()),
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
      const { isLoading } = notificationsApi.endpoints.listNotifications.select()(listener.getState());
      if (isLoading) listener.dispatch(fetchAfresh());
    },
  });
}
