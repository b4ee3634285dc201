// A notification in words.
import type { TFunction } from 'i18next';
import type { Notification } from '@/api/types';

export function notificationText(t: TFunction, { kind, actor, ticket, count }: Notification): string {
  const name = actor?.name ?? t('notifications.somebody');
  return t(`notifications.kind.${kind}`, { name, ticket: ticket ? `#${ticket.id}` : '', count });
}
