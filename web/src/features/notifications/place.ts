// Where a new notification goes in the list that is shown.
import type { Notification, NotificationPage } from '@/api/types';

/** The page with the notification on top, in the place of what it was grouped with. */
export function withNotification(page: NotificationPage, notification: Notification, unread: number): NotificationPage {
  const isSameGroup = (other: Notification) =>
    other.id === notification.id ||
    (other.read_at == null && other.kind === notification.kind && other.ticket?.id === notification.ticket?.id);
  return { ...page, unread, items: [notification, ...page.items.filter((other) => !isSameGroup(other))] };
}
