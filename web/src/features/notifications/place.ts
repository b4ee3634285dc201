// Where a new notification goes among those that are loaded, and whether any of them is about a ticket.
import type { Notification, NotificationPage } from '@/api/types';

/** The pages with the notification on top of the first, in the place of what it was grouped with. */
export function withNotification(
  pages: NotificationPage[],
  notification: Notification,
  unread: number,
): NotificationPage[] {
  const isAlike = ({ kind, ticket }: Notification) =>
    kind === notification.kind && ticket?.id === notification.ticket?.id;
  // An answer has overtaken the frame, and its count is the later one.
  if (pages.some(({ items }) => items.some((other) => isAlike(other) && other.id >= notification.id))) return pages;

  const isReplaced = (other: Notification) => isAlike(other) && other.read_at == null;
  return pages.map((page, index) => {
    const items = page.items.filter((other) => !isReplaced(other));
    return { ...page, unread, items: index === 0 ? [notification, ...items] : items };
  });
}

/** Whether something unread came of this ticket: among what is loaded, or perhaps further back. */
export function mayTellOf(ticketId: number, pages: NotificationPage[]): boolean {
  const unread = pages.flatMap(({ items }) => items).filter(({ read_at }) => read_at == null);
  const loaded = unread.reduce((sum, { count }) => sum + count, 0);
  return loaded < (pages[0]?.unread ?? 0) || unread.some(({ ticket }) => ticket?.id === ticketId);
}
