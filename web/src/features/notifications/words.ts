// A notification in words.
import type { TFunction } from 'i18next';
import type { Notification } from '@/api/types';

export function notificationText(t: TFunction, { kind, actor, ticket, count }: Notification): string {
  const name = actor?.name ?? t('notifications.somebody');
  return t(`notifications.kind.${kind}`, { name, ticket: ticket ? `#${ticket.id}` : '', count });
}

/** In two lines, for toasts and for notifications of the browser: never more of a ticket than its title. */
export function headline(t: TFunction, notification: Notification): { title: string; text: string } {
  const { kind, actor, ticket } = notification;
  const about = ticket?.title ?? '';
  if (kind !== 'ticket_created' || !ticket) return { title: notificationText(t, notification), text: about };
  const name = actor?.name ?? t('notifications.somebody');
  return { title: t('notifications.toast.ticket_created', { id: ticket.id }), text: `${name}: ${about}` };
}
