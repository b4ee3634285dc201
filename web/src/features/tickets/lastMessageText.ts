// The last message of a ticket as one line.
import type { TFunction } from 'i18next';
import type { TicketState } from '@/api/types';

export function lastMessageText(t: TFunction, { last_message }: TicketState, userId: number): string {
  const { author } = last_message;
  const preview = withoutFences(last_message.preview);
  if (author.id === userId) return t('tickets.mine.yours', { text: preview });
  return t('tickets.mine.theirs', { name: author.name, text: preview });
}

/** A fence around code means nothing in one line, and its language neither. */
const FENCE = /(^|\s)```[\w+#.-]*(?=\s|$)/g;

/** A message of fences only stays as it is. */
function withoutFences(preview: string): string {
  return preview.replace(FENCE, '').trim() || preview;
}
