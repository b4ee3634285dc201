// Requests about tickets.
import { api } from '@/api/api';
import type { Failure } from '@/api/failure';
import type {
  CategoryList,
  CreateTicketRequest,
  SetStatusRequest,
  StatusSet,
  Ticket,
  TicketDetail,
  TicketPage,
  UpdateTicketRequest,
} from '@/api/types';
import type { SharedState } from '@/realtime/listening';
import { later, withLiveFrames } from './freshness';
import { type ListQuery, parametersOf } from './listQuery';
import { recent } from './remembered';

export const ticketsApi = api.injectEndpoints({
  endpoints: (build) => ({
    listTickets: build.infiniteQuery<TicketPage, ListQuery, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
      },
      async queryFn({ queryArg, pageParam }, { getState }, _options, request) {
        const params = { ...parametersOf(queryArg), cursor: pageParam ?? undefined };
        const answer = await request({ url: '/tickets', params });
        if (answer.error) return { error: answer.error };
        const known = knownTickets(getState() as SharedState);
        return { data: withLiveFrames(answer.data as TicketPage, known, pageParam === null, queryArg.sort) };
      },
      providesTags: ['TicketList'],
    }),

    getTicket: build.query<TicketDetail, number>({
      async queryFn(id, { getState }, _options, request) {
        const answer = await request({ url: `/tickets/${id}` });
        if (answer.error) return { error: answer.error };
        const detail = answer.data as TicketDetail;
        return {
          data: {
            ...detail,
            ticket: later(detail.ticket, knownTickets(getState() as SharedState).get(id)),
            // What one has read stays read.
            read_seq: Math.max(detail.read_seq, recent.get(id)?.read_seq ?? 0),
          },
        };
      },
      providesTags: (_detail, _error, id) => [{ type: 'Ticket', id }],
    }),

    createTicket: build.mutation<Ticket, CreateTicketRequest>({
      query: (body) => ({ url: '/tickets', method: 'POST', body }),
      invalidatesTags: ['TicketList'],
    }),

    setStatus: build.mutation<StatusSet, { id: number; request: SetStatusRequest }>({
      query: ({ id, request }) => ({ url: `/tickets/${id}/status`, method: 'PUT', body: request }),
      invalidatesTags: ifStale,
    }),

    updateTicket: build.mutation<Ticket, { id: number; request: UpdateTicketRequest }>({
      query: ({ id, request }) => ({ url: `/tickets/${id}`, method: 'PATCH', body: request }),
      invalidatesTags: ifStale,
    }),

    listCategories: build.query<CategoryList, void>({
      query: () => ({ url: '/categories' }),
      providesTags: ['Categories'],
    }),
  }),
});

/** A ticket that changed without our hearing of it is fetched afresh. */
function ifStale(_result: unknown, failure: Failure | undefined, { id }: { id: number }) {
  return failure?.code === 'stale' ? [{ type: 'Ticket' as const, id }] : [];
}

/** What holds tickets: pages of them, one page, what a search has found in them, or one that is open. */
export interface Holder {
  pages?: Holder[];
  items?: Held[];
}

export type Held = Ticket | { ticket: Ticket };

export const pagesOf = (holder: Holder) => holder.pages ?? [holder];
export const heldIn = (page: Holder) => page.items ?? [page as { ticket: Ticket }];
export const ticketOf = (held: Held) => (held as { ticket?: Ticket }).ticket ?? (held as Ticket);

/** Everything that holds tickets, whichever feature it is of: it has one of these tags. */
export const holders = (state: SharedState) => ticketsApi.util.selectInvalidatedBy(state, ['TicketList', 'Ticket']);

/** The tickets that anything holds, and those that were just heard of, each in its latest state. */
export function knownTickets(state: SharedState): Map<number, Ticket> {
  const known = new Map<number, Ticket>();
  const add = (ticket: Ticket) => known.set(ticket.id, later(ticket, known.get(ticket.id)));
  recent.forEach(add);
  for (const { queryCacheKey } of holders(state)) {
    const data = state.api.queries[queryCacheKey]?.data as Holder | undefined;
    if (data) pagesOf(data).flatMap(heldIn).map(ticketOf).forEach(add);
  }
  return known;
}

export const {
  useListTicketsInfiniteQuery,
  useGetTicketQuery,
  useCreateTicketMutation,
  useSetStatusMutation,
  useUpdateTicketMutation,
  useListCategoriesQuery,
} = ticketsApi;
