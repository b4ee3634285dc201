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
        return { data: { ...detail, ticket: later(detail.ticket, knownTickets(getState() as SharedState).get(id)) } };
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

/** The tickets that any list or screen holds, each in its latest state. */
export function knownTickets(state: SharedState): Map<number, Ticket> {
  const known = new Map<number, Ticket>();
  const add = (ticket: Ticket) => known.set(ticket.id, later(ticket, known.get(ticket.id)));
  for (const list of ticketsApi.util.selectCachedArgsForQuery(state, 'listTickets')) {
    const { data } = ticketsApi.endpoints.listTickets.select(list)(state);
    data?.pages.flatMap(({ items }) => items).forEach(add);
  }
  for (const id of ticketsApi.util.selectCachedArgsForQuery(state, 'getTicket')) {
    const { data } = ticketsApi.endpoints.getTicket.select(id)(state);
    if (data) add(data.ticket);
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
