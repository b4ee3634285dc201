// A ticket that was opened from its row gets the focus: what follows is about the ticket, not about the rows below.
import { type RefObject, useEffect } from 'react';

/** Only while the link that led here has the focus: whoever has gone on meanwhile is left alone. */
export function useFocusOnOpening(heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const focused = document.activeElement;
    const isItsLink = focused instanceof HTMLAnchorElement && focused.pathname === window.location.pathname;
    if (isItsLink) heading.current?.focus({ preventScroll: true });
  }, [heading]);
}
