import { expect, it } from 'vitest';
import { watchedTicket } from './attention';

it.each([
  ['the open ticket, while the page is watched', { openTicketId: 5, isWatched: true }, 5],
  ['nothing, while the page is not watched', { openTicketId: 5, isWatched: false }, null],
  ['nothing, while no ticket is open', { openTicketId: null, isWatched: true }, null],
])('looks at %s', (_name, attention, ticketId) => {
  expect(watchedTicket(attention)).toBe(ticketId);
});
