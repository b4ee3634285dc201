// Loads earlier entries: by itself when one comes near the top, once for each place; by hand at any time.
import { useRef } from 'react';
import { useExtendTimelineMutation } from './timelineApi';

export function useEarlier(ticketId: number, firstSeq: number) {
  const [extend, { isLoading, error }] = useExtendTimelineMutation();
  const askedAt = useRef<number | null>(null);
  const exists = firstSeq > 1;

  const load = () => {
    if (!exists || isLoading) return;
    askedAt.current = firstSeq;
    void extend({ ticketId, before: firstSeq });
  };
  /** What failed is left to the button: a page that asks again and again would only add to the trouble. */
  const loadOnce = () => {
    if (askedAt.current !== firstSeq) load();
  };

  return { exists, isLoading, error, load, loadOnce };
}
