// What live frames do to the tickets that lists and screens hold.
import { isAnyOf, type ListenerEffectAPI, type PayloadAction } from '@reduxjs/toolkit';
import { selectUser } from '@/api/sessionSlice';
import type { Ticket, TicketPage, TicketState } from '@/api/types';
import { connected, ownReadMoved, readAdvanced, ticketChanged, ticketJoined } from '@/realtime/events';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { withFrame } from './freshness';
import { startLeavingListener } from './leaving';
import { compare, type ListQuery, type Sort } from './listQuery';
import { recent, remember } from './remembered';
import { type Held, heldIn, type Holder, holders, knownTickets, pagesOf, ticketOf, ticketsApi } from './ticketsApi';

type Listener = Pick<ListenerEffectAPI<SharedState, SharedDispatch>, 'dispatch' | 'getState'>;

export function startTicketListeners(): void {
  startLeavingListener();

  startListening({
    actionCreator: connected,
    effect: (_action, { dispatch }) => {
      // Frames were missed.
      recent.clear();
      dispatch(ticketsApi.util.invalidateTags(['TicketList', 'TicketCounts', 'Ticket']));
    },
  });

  startListening({
    actionCreator: ticketChanged,
    effect: ({ payload }, listener) => applyState(payload.ticket, listener),
  });

  const { updateTicket, setStatus } = ticketsApi.endpoints;
  startListening({
    matcher: isAnyOf(ticketJoined, updateTicket.matchFulfilled, setStatus.matchFulfilled),
    effect: (action, listener) => put(ticketOf((action as PayloadAction<Held>).payload), listener),
  });

  // Read in another tab.
  startListening({
    actionCreator: readAdvanced,
    effect: ({ payload: { ticket_id: ticketId, user_id, seq } }, listener) => {
      const lastSaid = knownTickets(listener.getState()).get(ticketId)?.last_message.seq;
      const isOwn = user_id === selectUser(listener.getState())?.id;
      if (!isOwn || lastSaid === undefined || seq < lastSaid) return;
      listener.dispatch(ownReadMoved({ ticketId, seq, unread: 0, isHearsay: true }));
    },
  });

  startListening({
    actionCreator: ownReadMoved,
    effect: ({ payload: { ticketId, seq, unread } }, listener) => {
      const ticket = knownTickets(listener.getState()).get(ticketId);
      if (ticket) put(remember({ ...ticket, unread, read_seq: seq }), listener);
      listener.dispatch(
        ticketsApi.util.updateQueryData('getTicket', ticketId, (detail) => {
          detail.read_seq = Math.max(detail.read_seq, seq);
        }),
      );
    },
  });
}

function applyState(state: TicketState, listener: Listener): void {
  const known = knownTickets(listener.getState()).get(state.id);
  if (known && known.head_seq >= state.head_seq) return;
  const userId = selectUser(listener.getState())?.id ?? 0;
  put(remember(withFrame(known, state, userId)), listener);
}

/** Writes a ticket into everything that holds it, and into lists that may now hold it: they show what belongs to them. */
function put(ticket: Ticket, { dispatch, getState }: Listener): void {
  for (const { endpointName, originalArgs } of holders(getState())) {
    const list = originalArgs as ListQuery;
    dispatch(
      // Whatever it is called: it is a holder.
      ticketsApi.util.updateQueryData(endpointName as 'listTickets', list, (holder: Holder) =>
        write(ticket, holder, list.sort),
      ),
    );
  }
}

function write(ticket: Ticket, holder: Holder, sort?: Sort): void {
  const pages = pagesOf(holder);
  for (const page of pages) {
    const all = heldIn(page);
    const held = all.find((one) => ticketOf(one).id === ticket.id);
    if (!held) continue;
    if (ticketOf(held).head_seq > ticket.head_seq) return;
    if ('ticket' in held) held.ticket = ticket;
    else all[all.indexOf(held)] = ticket;
    return;
  }
  const { items, next_cursor } = pages.at(-1) as TicketPage;
  const end = items?.at(-1);
  // Among what comes after the pages that are loaded: with its page it comes in its place.
  const isBeyond = next_cursor && end && compare(end, ticket, sort) < 0;
  if (holder.pages && !isBeyond) pages[0]?.items?.unshift(ticket);
}
