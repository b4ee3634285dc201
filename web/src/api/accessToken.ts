// The access token. It lives in this closure only: never in storage, never in the store.
let current: string | null = null;

export function accessToken(): string | null {
  return current;
}

export function setAccessToken(token: string | null): void {
  current = token;
}

/** The id of the user whom it speaks for: the `sub` of RFC 7519. Null when it is no such token. */
export function ownerOf(token: string): number | null {
  try {
    const claims = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const { sub } = JSON.parse(atob(claims)) as { sub: string };
    return Number(sub) || null;
  } catch {
    return null;
  }
}
