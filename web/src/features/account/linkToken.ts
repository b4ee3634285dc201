// The one-time token of a link, from the fragment: unlike the query, no server and no log on the way ever sees it.
import { useEffect, useState } from 'react';

export function linkToken({ hash }: Pick<Location, 'hash'>): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || null;
}

/** Reads the token when the page opens; it then leaves the address bar, and with it the history. */
export function useLinkToken(): string | null {
  const [token] = useState(() => linkToken(window.location));
  useEffect(() => {
    if (token !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, [token]);
  return token;
}
