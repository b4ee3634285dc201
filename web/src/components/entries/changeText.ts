// A change of a ticket in words.
import type { TFunction } from 'i18next';
import type { Priority, Status, VisibleEntry } from '@/api/types';

export function changeText(t: TFunction, entry: VisibleEntry, userId: number): string {
  const name = entry.actor.id === userId ? t('conversation.you') : entry.actor.name;
  const from = nameOf(entry.from);
  const to = nameOf(entry.to);
  switch (entry.kind) {
    case 'status_changed':
      if (to === 'closed') return t('conversation.change.closed', { name });
      return t('conversation.change.status', { name, to: t(`tickets.status.${to as Status}`) });
    case 'priority_changed':
      return t('conversation.change.priority', { name, to: t(`tickets.priority.${to as Priority}`) });
    case 'assigned':
      if (!to) return t('conversation.change.unassigned', { name, from });
      if (idOf(entry.to) === entry.actor.id) return t('conversation.change.taken', { name });
      return t('conversation.change.assigned', { name, to });
    case 'category_changed':
      return to ? t('conversation.change.category', { name, to }) : t('conversation.change.uncategorised', { name });
    default:
      return t('conversation.change.title', { name, to });
  }
}

function nameOf(value: VisibleEntry['to']): string {
  if (value == null) return '';
  return typeof value === 'string' ? value : value.name;
}

function idOf(value: VisibleEntry['to']): number | null {
  return value == null || typeof value === 'string' ? null : value.id;
}
