// Whether somebody has the ticket before their eyes, in this tab or in another one of the browser.

export interface Attention {
  /** The ticket on the screen. */
  openTicketId: number | null;
  /** The page is visible and has the focus. */
  isWatched: boolean;
}

/** The ticket that is being looked at. */
export function watchedTicket({ openTicketId, isWatched }: Attention): number | null {
  return isWatched ? openTicketId : null;
}

export function isPageWatched(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

const watching = (ticketId: number) => `deskwire.watching.${ticketId}`;

/** Lets the other tabs know, by a lock, that the ticket is being looked at; until the signal. */
export function holdWatch(ticketId: number, until: AbortSignal): void {
  if (!('locks' in navigator)) return;
  const held = () => new Promise<void>((resolve) => until.addEventListener('abort', () => resolve()));
  // Shared, because the tab that had the focus before may not have let go yet. Rejected when the signal comes first.
  navigator.locks.request(watching(ticketId), { mode: 'shared', signal: until }, held).catch(() => undefined);
}

export async function isWatchedInAnyTab(ticketId: number): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === watching(ticketId));
}
