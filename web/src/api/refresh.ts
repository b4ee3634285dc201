// Refreshing the access token: once at a time in this tab, one tab at a time, and all tabs hear of it.
import { ownerOf } from './accessToken';
import type { Refreshed } from './types';

/** What the server says to a refresh: a token, or null when there is no session any more. */
export type Ask = () => Promise<Refreshed | null>;

export interface TokenNews {
  type: 'refreshed';
  token: string;
  /** Whose it is: another tab may be signed in as somebody else for a moment. */
  userId: number | null;
}

interface Surroundings {
  ask: Ask;
  /** Runs the work while no other tab runs its own. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves once the tabs that wait for their turn know it. */
  announce: (news: TokenNews) => Promise<void>;
  /** Tells the tab that announced a token that it has come. */
  confirm: () => void;
  keep: (token: string | null) => void;
}

export interface Refresher {
  /** Resolves to the new token, or to null when signed out. Rejects when the server gave no such answer. */
  refresh: () => Promise<string | null>;
  /** Another tab has refreshed. */
  hear: (news: TokenNews) => void;
}

export function createRefresher({ ask, exclusively, announce, confirm, keep }: Surroundings): Refresher {
  let running: Promise<string | null> | null = null;
  let heard: string | null = null;

  async function refreshInTurn(): Promise<string | null> {
    heard = null;
    return exclusively(async () => {
      await newsOnTheWay();
      // The tab before us has told us its token: one refresh serves both.
      if (heard !== null) return heard;
      const answer = await ask();
      keep(answer?.access_token ?? null);
      if (!answer) return null;
      const { access_token: token } = answer;
      await announce({ type: 'refreshed', token, userId: ownerOf(token) });
      return token;
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
      if (running) confirm();
    },
  };
}

/** What other tabs have sent already is heard before this resolves. */
function newsOnTheWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
