// The last message of a ticket as one line.
import type { TFunction } from 'i18next';
import type { TicketState } from '@/api/types';

export function lastMessageText(t: TFunction, { last_message }: TicketState, userId: number): string {
  const { author, preview } = last_message;
  if (author.id === userId) return t('tickets.mine.yours', { text: preview });
  return t('tickets.mine.theirs', { name: author.name, text: preview });
}
