// What a refused write has missed.
import { isFailure } from '@/api/failure';
import type { Entry } from '@/api/types';

/** The entries that a write was refused for, if that is why it failed. */
export function missedIn(failure: unknown): Entry[] | null {
  return isFailure(failure) && failure.code === 'stale' ? failure.missed : null;
}

/** What has been seen once they are read. */
export function seenAfter(missed: Entry[]): number {
  return Math.max(0, ...missed.map(({ seq }) => seq));
}
