// Requests about a ticket's timeline.
import { api } from '@/api/api';
import type { Entry, ReadState, SendMessageRequest, TimelinePage } from '@/api/types';
import { merged, type Timeline } from './timeline';

const PAGE = 50;

export const timelineApi = api.injectEndpoints({
  endpoints: (build) => ({
    /** The latest entries; live frames and earlier pages are added to them. */
    getTimeline: build.query<Timeline, number>({
      query: (ticketId) => ({ url: `/tickets/${ticketId}/timeline`, params: { limit: PAGE } }),
      transformResponse: ({ items, head }: TimelinePage) => ({ entries: items, head }),
    }),

    /** The entries before or after a place, put into the timeline. */
    extendTimeline: build.mutation<TimelinePage, { ticketId: number; before?: number; after?: number }>({
      query: ({ ticketId, before, after }) => ({
        url: `/tickets/${ticketId}/timeline`,
        params: { before, after, limit: PAGE },
      }),
      async onQueryStarted({ ticketId }, { dispatch, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => null);
        if (!answer) return;
        const { items, head } = answer.data;
        dispatch(
          timelineApi.util.updateQueryData('getTimeline', ticketId, (timeline) => ({
            head: Math.max(head, timeline.head),
            entries: merged(timeline.entries, items),
          })),
        );
      },
    }),

    sendMessage: build.mutation<Entry, { ticketId: number; request: SendMessageRequest }>({
      query: ({ ticketId, request }) => ({ url: `/tickets/${ticketId}/messages`, method: 'POST', body: request }),
    }),

    setRead: build.mutation<ReadState, { ticketId: number; seq: number }>({
      query: ({ ticketId, seq }) => ({ url: `/tickets/${ticketId}/read`, method: 'PUT', body: { seq } }),
    }),
  }),
});

export const { useGetTimelineQuery, useExtendTimelineMutation, useSetReadMutation } = timelineApi;
