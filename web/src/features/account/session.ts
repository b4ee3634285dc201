// The session over the life of the page: restored at the start, in step with other tabs, ended when the server says so.
import type { Dispatch } from '@reduxjs/toolkit';
import { toFailure } from '@/api/failure';
import { onSignedOut, refresher } from '@/api/http';
import { restoreFailed, restoreStarted, signedIn, signedOut } from '@/api/sessionSlice';
import { hearTabs, type TabNews } from '@/api/tabs';
import { setAccessToken } from '@/api/accessToken';
import type { User } from '@/api/types';
import { fetchMe } from './requests';

/** Between two tries to reach the server. */
const AGAIN_MS = 5_000;

/** Asks the server whether the cookie still holds a session. */
export async function restoreSession(dispatch: Dispatch): Promise<void> {
  dispatch(restoreStarted());
  try {
    await refresher.refresh();
    const user = await fetchMe();
    dispatch(user ? signedIn(user) : signedOut());
  } catch (error) {
    dispatch(toFailure(error).status === 401 ? signedOut() : restoreFailed());
  }
}

interface Store {
  dispatch: Dispatch;
  /** The signed-in user, if there is one. */
  user: () => User | null;
  isUnreachable: () => boolean;
}

/** Starts keeping the session; returns what ends that. */
export function keepSession({ dispatch, user, isUnreachable }: Store): () => void {
  function leave(how?: 'ended'): void {
    setAccessToken(null);
    dispatch(signedOut(how));
  }

  /** Requests that were on their way during the sign-out find no session either: that is no news. */
  function end(): void {
    if (user()) leave('ended');
  }

  function hear(news: TabNews): void {
    // As long as it is not known who is there, the token says it.
    if (news.type === 'refreshed' && news.userId !== (user()?.id ?? news.userId)) return;
    if (news.type === 'refreshed') refresher.hear(news);
    else if (news.type === 'signed_out') leave();
    else if (news.userId !== user()?.id) {
      leave();
      void restoreSession(dispatch);
    }
  }

  const endings = [onSignedOut(end), hearTabs(hear)];
  const again = setInterval(() => {
    if (isUnreachable()) void restoreSession(dispatch);
  }, AGAIN_MS);
  void restoreSession(dispatch);

  return () => {
    endings.forEach((end) => end());
    clearInterval(again);
  };
}
