// The one-time token of the set-up link: from the fragment, which no server ever sees, or else from the query.
export function setupToken({ hash, search }: Pick<Location, 'hash' | 'search'>): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? new URLSearchParams(search).get('token');
}
