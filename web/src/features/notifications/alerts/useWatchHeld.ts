// Holds the sign that the open ticket is being looked at, for as long as it is.
import { useEffect } from 'react';
import { holdWatch, isPageWatched, watchedTicket } from './attention';

export function useWatchHeld(openTicketId: number | null): void {
  useEffect(() => {
    const stop = new AbortController();
    let look = new AbortController();
    const update = () => {
      look.abort();
      look = new AbortController();
      const ticketId = watchedTicket({ openTicketId, isWatched: isPageWatched() });
      if (ticketId !== null) holdWatch(ticketId, look.signal);
    };
    update();
    window.addEventListener('focus', update, { signal: stop.signal });
    window.addEventListener('blur', update, { signal: stop.signal });
    document.addEventListener('visibilitychange', update, { signal: stop.signal });
    return () => {
      stop.abort();
      look.abort();
    };
  }, [openTicketId]);
}
