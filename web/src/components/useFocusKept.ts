// What goes from the screen takes the focus with it; then something near it gets the focus.
import { type RefCallback, type RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * For the `ref` of a part that comes and goes with what the calling component draws: when it had the focus as it went,
 * `target` gets it. Whoever was elsewhere, or nowhere, stays there.
 */
export function useFocusKept(target: RefObject<HTMLElement | null>): RefCallback<HTMLElement> {
  const isLost = useRef(false);
  useEffect(() => {
    if (!isLost.current) return;
    isLost.current = false;
    if (document.activeElement === document.body) target.current?.focus();
  });
  return useCallback((part: HTMLElement | null) => {
    // Called while the part is still on the page.
    return () => {
      isLost.current ||= part?.contains(document.activeElement) ?? false;
    };
  }, []);
}
