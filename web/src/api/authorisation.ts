// Axios interceptors: the bearer goes out with each request; an access token that ran out is renewed and the request
// repeated, once.
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { toFailure } from './failure';

interface Session {
  accessToken: () => string | null;
  /** Null: signed out. */
  refresh: () => Promise<string | null>;
  onSignedOut: () => void;
}

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The request needs no access token: a 401 is its answer. */
    anonymous?: boolean;
    /** The request is the second try. */
    repeated?: boolean;
  }
}

export function authorise(http: AxiosInstance, session: Session): void {
  http.interceptors.request.use((config) => {
    const token = session.accessToken();
    if (token && !config.anonymous) config.headers.set('Authorization', `Bearer ${token}`);
    return config;
  });

  http.interceptors.response.use(undefined, async (error: unknown) => {
    const config = axios.isAxiosError(error) ? error.config : undefined;
    if (!config || config.anonymous || !isRefusedToken(error)) throw error;
    if (config.repeated) {
      session.onSignedOut();
      throw error;
    }
    const token = await renewedToken(config, session);
    if (token === null) {
      session.onSignedOut();
      throw error;
    }
    return http.request({ ...config, repeated: true });
  });
}

/** The token may have been renewed while this request was on its way: then it needs no further refresh. */
async function renewedToken(config: InternalAxiosRequestConfig, session: Session): Promise<string | null> {
  const current = session.accessToken();
  if (current && config.headers.get('Authorization') !== `Bearer ${current}`) return current;
  return session.refresh();
}

function isRefusedToken(error: unknown): boolean {
  const { code } = toFailure(error);
  return code === 'token_expired' || code === 'unauthenticated';
}
