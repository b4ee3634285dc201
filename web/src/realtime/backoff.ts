// Delays between attempts to reconnect: full jitter, so that many clients do not come back together.
const MIN_MS = 500;
const MAX_MS = 20_000;

/** A delay before the attempt, counted from 0. `random` gives numbers from 0 to 1. */
export function reconnectDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(MAX_MS, MIN_MS * 2 ** (attempt + 1));
  return MIN_MS + random() * (ceiling - MIN_MS);
}
