// Where the API and the socket are: the page's own origin unless the build names others.
export const API_ORIGIN: string = (import.meta.env.VITE_API_BASE_URL ?? '').replace(/\/+$/, '');

export const API_BASE_URL = `${API_ORIGIN}/api/v1`;

/** True when the API is on another origin, which then needs cookies to be sent along. */
export const CROSS_ORIGIN = API_ORIGIN !== '';

export function socketUrl(): string {
  const configured = import.meta.env.VITE_SOCKET_URL;
  if (configured) return configured;
  const base = new URL(API_ORIGIN || window.location.origin);
  base.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${base.origin}/api/v1/ws`;
}
