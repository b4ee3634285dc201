// The access token. It lives in this closure only: never in storage, never in the store.
let current: string | null = null;

export function accessToken(): string | null {
  return current;
}

export function setAccessToken(token: string | null): void {
  current = token;
}
