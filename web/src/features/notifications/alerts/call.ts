// Calls for attention to a ticket, with a sound and a notification of the browser, as the reader has chosen.
import { alertChoices } from './alertChoices';
import { isPageWatched, isWatchedInAnyTab, watchedTicket } from './attention';
import { showBrowserNotification } from './browserNotification';
import { inOneTab } from './inOneTab';
import { canSound, playSound } from './sound';

export interface Call {
  ticketId: number;
  /** The same in all tabs. */
  id: string | number;
  title: string;
  text: string;
  /** How often it has called before. */
  repeats?: number;
  onClick: () => void;
  /** Whether the reader whom it is for is still there: it may wait for its turn among the tabs. */
  isForReader: () => boolean;
}

export async function call(
  { ticketId, id, title, text, repeats = 0, onClick, isForReader }: Call,
  openTicketId: number | null,
): Promise<void> {
  const choices = alertChoices();
  if (!(choices.sound || choices.browser)) return;
  if (watchedTicket({ openTicketId, isWatched: isPageWatched() }) === ticketId) return;
  if (await isWatchedInAnyTab(ticketId)) return;
  if (!isForReader()) return;

  // One name for all that are as loud: news that come together are heard once.
  if (choices.sound && canSound()) void inOneTab(`sound.${repeats}`, () => playSound(repeats));
  if (!choices.browser) return;
  const show = () => {
    if (isForReader()) showBrowserNotification({ title, text, tag: `ticket-${ticketId}`, onClick });
  };
  await inOneTab(`browser.${id}`, show);
}
