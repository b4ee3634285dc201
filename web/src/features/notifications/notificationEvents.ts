// What live frames do to the notifications.
import { connected, notificationArrived, ownReadMoved } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { notificationsApi } from './notificationsApi';
import { withNotification } from './place';

export function startNotificationListeners(): void {
  startListening({
    actionCreator: connected,
    effect: (_action, { dispatch }) => void dispatch(notificationsApi.util.invalidateTags(['Notifications'])),
  });

  // Reading a ticket marks its notifications as read.
  startListening({
    actionCreator: ownReadMoved,
    effect: (_action, { dispatch }) => void dispatch(notificationsApi.util.invalidateTags(['Notifications'])),
  });

  startListening({
    actionCreator: notificationArrived,
    effect: ({ payload: { notification, unread } }, { dispatch }) => {
      dispatch(
        notificationsApi.util.updateQueryData('listNotifications', undefined, (page) =>
          withNotification(page, notification, unread),
        ),
      );
    },
  });
}
