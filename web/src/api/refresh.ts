// Refreshing the access token: once at a time in this tab, one tab at a time, and all tabs hear of it.
import type { Refreshed } from './types';

/** What the server says to a refresh: a token, or null when there is no session any more. */
export type Ask = () => Promise<Refreshed | null>;

export interface TokenNews {
  type: 'refreshed';
  token: string;
}

interface Surroundings {
  ask: Ask;
  /** Runs the work while no other tab runs its own. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  announce: (news: TokenNews) => void;
  keep: (token: string | null) => void;
}

export interface Refresher {
  /** Resolves to the new token, or to null when signed out. Rejects when the server gave no such answer. */
  refresh: () => Promise<string | null>;
  /** Another tab has refreshed. */
  hear: (news: TokenNews) => void;
}

export function createRefresher({ ask, exclusively, announce, keep }: Surroundings): Refresher {
  let running: Promise<string | null> | null = null;
  let heard: string | null = null;

  async function refreshInTurn(): Promise<string | null> {
    heard = null;
    return exclusively(async () => {
      // The tab before us in the queue has told us its token: one refresh serves both.
      if (heard !== null) return heard;
      const answer = await ask();
      keep(answer?.access_token ?? null);
      if (answer) announce({ type: 'refreshed', token: answer.access_token });
      return answer?.access_token ?? null;
    });
  }

  return {
    refresh() {
      running ??= refreshInTurn().finally(() => {
        running = null;
      });
      return running;
    },
    hear({ token }) {
      heard = token;
      keep(token);
    },
  };
}
