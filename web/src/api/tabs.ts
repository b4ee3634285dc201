// What the tabs of one browser tell each other about the session.
import type { TokenNews } from './refresh';

export type TabNews = TokenNews | { type: 'signed_in'; userId: number } | { type: 'signed_out' };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('deskwire.session');

export function tellTabs(news: TabNews): void {
  channel?.postMessage(news);
}

export function hearTabs(listener: (news: TabNews) => void): () => void {
  const onMessage = (event: MessageEvent<TabNews>) => listener(event.data);
  channel?.addEventListener('message', onMessage);
  return () => channel?.removeEventListener('message', onMessage);
}

/** Holds the Web Lock of the session while the work runs. */
export async function exclusivelyAmongTabs<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('deskwire.refresh', work) as Promise<T>;
}
