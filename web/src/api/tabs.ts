// What the tabs of one browser tell each other about the session.
import type { TokenNews } from './refresh';

export type TabNews = TokenNews | { type: 'signed_in'; userId: number } | { type: 'signed_out' };

/** A tab that waits for its turn to refresh has heard of a new token. */
interface Heard {
  type: 'heard';
}

const LOCK = 'deskwire.refresh';
/** A tab that does not answer by then is asleep. */
const ANSWER_WITHIN_MS = 500;

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('deskwire.session');

export function tellTabs(news: TabNews): void {
  channel?.postMessage(news);
}

/** Resolves once the tabs that wait for their turn have heard it: lock and channel keep no order between them. */
export async function tellTabsInTurn(news: TokenNews): Promise<void> {
  const heard = countAnswers();
  tellTabs(news);
  const { pending = [] } = (await navigator.locks?.query()) ?? {};
  await heard(pending.filter(({ name }) => name === LOCK).length);
}

export function confirmHeard(): void {
  channel?.postMessage({ type: 'heard' } satisfies Heard);
}

export function hearTabs(listener: (news: TabNews) => void): () => void {
  const onMessage = ({ data }: MessageEvent<TabNews | Heard>) => {
    if (data.type !== 'heard') listener(data);
  };
  channel?.addEventListener('message', onMessage);
  return () => channel?.removeEventListener('message', onMessage);
}

/** Holds the Web Lock of the session while the work runs. */
export async function exclusivelyAmongTabs<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(LOCK, work) as Promise<T>;
}

/** Starts counting the answers; what it returns resolves when so many have come, or no more are to be expected. */
function countAnswers(): (wanted: number) => Promise<void> {
  let count = 0;
  let check = () => {};
  const onMessage = ({ data }: MessageEvent<TabNews | Heard>) => {
    if (data.type !== 'heard') return;
    count += 1;
    check();
  };
  channel?.addEventListener('message', onMessage);
  return (wanted) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        channel?.removeEventListener('message', onMessage);
        resolve();
      };
      const timer = setTimeout(end, ANSWER_WITHIN_MS);
      check = () => {
        if (count >= wanted) end();
      };
      check();
    });
}
