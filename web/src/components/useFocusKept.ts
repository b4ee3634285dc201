// What goes from the screen takes the focus with it; then something near it gets the focus.
import { type RefObject, useEffect, useRef } from 'react';

/** Gives the focus to `target` when it was lost in the moment in which `state` changed. */
export function useFocusKept(state: boolean, target: RefObject<HTMLElement | null>): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) target.current?.focus();
  }, [state, target]);
}
