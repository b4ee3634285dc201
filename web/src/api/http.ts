// The Axios instance that every request goes through, and the session's refresh.
import axios from 'axios';
import { API_BASE_URL, CROSS_ORIGIN } from '@/config/env';
import { accessToken, setAccessToken } from './accessToken';
import { authorise } from './authorisation';
import { toFailure } from './failure';
import { bePatient } from './patience';
import { createRefresher } from './refresh';
import { confirmHeard, exclusivelyAmongTabs, tellTabsInTurn } from './tabs';
import type { Refreshed } from './types';

/** After this long without an answer a request has failed. */
const TIMEOUT_MS = 20_000;

export const http = axios.create({
  baseURL: API_BASE_URL,
  withCredentials: CROSS_ORIGIN,
  timeout: TIMEOUT_MS,
  // Axios's own way, for objects within objects, is left out of the build.
  paramsSerializer: { serialize: writtenOut },
});

export const refresher = createRefresher({
  ask: askForToken,
  exclusively: exclusivelyAmongTabs,
  announce: tellTabsInTurn,
  confirm: confirmHeard,
  keep: setAccessToken,
});

const signedOutListeners = new Set<() => void>();

/** Calls the listener when the server has ended the session. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** To be called by whoever learns that the session has ended. */
export function announceSignedOut(): void {
  setAccessToken(null);
  signedOutListeners.forEach((listener) => listener());
}

bePatient(http);
authorise(http, { accessToken, refresh: () => refresher.refresh(), onSignedOut: announceSignedOut });

/** A parameter that is undefined is none. */
function writtenOut(params: Record<string, string | number | undefined>): string {
  const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(given).toString();
}

async function askForToken(): Promise<Refreshed | null> {
  try {
    const { data } = await http.post<Refreshed>('/auth/refresh', undefined, { anonymous: true });
    return data;
  } catch (error) {
    if (toFailure(error).status === 401) return null;
    throw error;
  }
}
