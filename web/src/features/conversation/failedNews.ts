// Which failed message is to be told: one that has failed just now, not one that is left when a later one goes.
import type { OutgoingMessage } from './outbox';

export interface FailedNews {
  failed: string[];
  /** Client id of the message that is told of. */
  told: string | null;
}

export const NO_NEWS: FailedNews = { failed: [], told: null };

/** `before` itself when nothing is to be said differently. */
export function failedNews(before: FailedNews, outgoing: OutgoingMessage[]): FailedNews {
  const failed = outgoing.filter(({ state }) => state === 'failed').map(({ clientId }) => clientId);
  const isSame = failed.length === before.failed.length && failed.every((id, index) => id === before.failed[index]);
  if (isSame) return before;
  const news = failed.findLast((id) => !before.failed.includes(id));
  const isStillSo = before.told !== null && failed.includes(before.told);
  return { failed, told: news ?? (isStillSo ? before.told : null) };
}
