// An Axios interceptor: a read that the server puts off for a moment is asked for again after that moment, unseen.
import axios, { type AxiosInstance, type GenericAbortSignal } from 'axios';
import { toFailure } from './failure';

/** How often a read is put off before that is its failure. */
const TIMES = 2;
/** Longest pause that is waited for unseen, in seconds. */
const LONGEST = 5;
/** Added to a pause, at random, so that not everybody comes back at once. */
const SPREAD_MS = 1_000;

declare module 'axios' {
  interface AxiosRequestConfig {
    /** How often the read was put off. */
    putOff?: number;
  }
}

export function bePatient(http: AxiosInstance): void {
  http.interceptors.response.use(undefined, async (error: unknown) => {
    const config = axios.isAxiosError(error) ? error.config : undefined;
    const { code, retryAfterSeconds } = toFailure(error);
    // Writes are their senders' business, and without the server's word it is not known whether waiting helps.
    if (config?.method !== 'get' || code !== 'unavailable' || retryAfterSeconds === null) throw error;
    const putOff = config.putOff ?? 0;
    if (putOff === TIMES || retryAfterSeconds > LONGEST) throw error;
    await pause(retryAfterSeconds * 1_000 + Math.random() * SPREAD_MS, config.signal);
    return http.request({ ...config, putOff: putOff + 1 });
  });
}

/** Ends early when nobody waits any more. */
function pause(ms: number, signal: GenericAbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal?.addEventListener?.('abort', () => resolve());
  });
}
