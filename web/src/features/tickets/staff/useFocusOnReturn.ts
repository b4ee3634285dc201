// Who comes back from a ticket to the list is at its row.
import { type RefObject, useEffect, useRef } from 'react';
import { useMatch } from 'react-router';

/** Only when the focus went with the ticket: whoever is elsewhere already stays there. */
export function useFocusOnReturn(pane: RefObject<HTMLElement | null>): void {
  const open = useMatch('/admin/tickets/:id')?.params.id;
  const before = useRef(open);
  useEffect(() => {
    const left = before.current;
    before.current = open;
    if (left === undefined || open !== undefined || document.activeElement !== document.body) return;
    // The list is as far down as it was left.
    pane.current?.querySelector<HTMLElement>(`[data-row="${left}"]`)?.focus({ preventScroll: true });
  }, [open, pane]);
}
