// What a close code asks of the client.
export type Verdict =
  /** Come back after a random delay. */
  | 'return'
  /** Refresh the access token, then come back. */
  | 'refresh'
  /** The session is over. The cookie may hold another one. */
  | 'ended'
  /** The server does not understand this client: coming back would not help. */
  | 'refused';

export function verdictOn(code: number): Verdict {
  switch (code) {
    case 4401:
      return 'refresh';
    case 4403:
      return 'ended';
    case 4400:
    case 4413:
      return 'refused';
    default:
      return 'return';
  }
}
