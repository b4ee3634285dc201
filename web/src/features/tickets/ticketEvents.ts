// What live frames do to the tickets that lists and screens hold.
import type { ListenerEffectAPI } from '@reduxjs/toolkit';
import { selectUser } from '@/api/sessionSlice';
import type { Ticket, TicketPage, TicketState } from '@/api/types';
import { connected, ownReadMoved, readAdvanced, ticketChanged, ticketJoined } from '@/realtime/events';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { withFrame } from './freshness';
import { startLeavingListener } from './leaving';
import { compare, type Sort } from './listQuery';
import { knownTickets, ticketsApi } from './ticketsApi';

type Listener = Pick<ListenerEffectAPI<SharedState, SharedDispatch>, 'dispatch' | 'getState'>;

export function startTicketListeners(): void {
  startLeavingListener();

  startListening({
    actionCreator: connected,
    effect: (_action, { dispatch }) => void dispatch(ticketsApi.util.invalidateTags(['TicketList', 'TicketCounts', 'Ticket'])),
  });

  startListening({
    actionCreator: ticketChanged,
    effect: ({ payload }, listener) => applyState(payload.ticket, listener),
  });

  startListening({
    actionCreator: ticketJoined,
    effect: ({ payload }, listener) => put(payload.ticket, listener),
  });

  startListening({
    matcher: ticketsApi.endpoints.updateTicket.matchFulfilled,
    effect: ({ payload }, listener) => put(payload, listener),
  });

  startListening({
    matcher: ticketsApi.endpoints.setStatus.matchFulfilled,
    effect: ({ payload }, listener) => put(payload.ticket, listener),
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
      if (ticket) put({ ...ticket, unread }, listener);
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
  put(withFrame(known, state, userId), listener);
}

/** Writes a ticket into every list and screen that holds it or may now hold it. Lists show what belongs to them. */
function put(ticket: Ticket, { dispatch, getState }: Listener): void {
  for (const list of ticketsApi.util.selectCachedArgsForQuery(getState(), 'listTickets')) {
    dispatch(
      ticketsApi.util.updateQueryData('listTickets', list, ({ pages }) => {
        const holder = pages.find(({ items }) => items.some(({ id }) => id === ticket.id));
        const place = holder?.items.findIndex(({ id }) => id === ticket.id) ?? -1;
        const held = holder?.items[place];
        if (holder && held) {
          if (held.head_seq <= ticket.head_seq) holder.items[place] = ticket;
        } else if (!isBeyond(pages.at(-1), ticket, list.sort)) {
          pages[0]?.items.unshift(ticket);
        }
      }),
    );
  }
  dispatch(
    ticketsApi.util.updateQueryData('getTicket', ticket.id, (detail) => {
      if (detail.ticket.head_seq <= ticket.head_seq) detail.ticket = ticket;
    }),
  );
}

/** Among what comes after the pages that are loaded: with its page it comes in its place. */
function isBeyond(last: TicketPage | undefined, ticket: Ticket, sort?: Sort): boolean {
  const end = last?.items.at(-1);
  return last?.next_cursor != null && end !== undefined && compare(end, ticket, sort) < 0;
}
