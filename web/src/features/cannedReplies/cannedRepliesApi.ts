// Requests about canned replies.
import { api } from '@/api/api';
import type { CannedReply, CannedReplyList, CreateCannedReplyRequest, UpdateCannedReplyRequest } from '@/api/types';

export const cannedRepliesApi = api.enhanceEndpoints({ addTagTypes: ['CannedReplies'] }).injectEndpoints({
  endpoints: (build) => ({
    /** One's own and the shared ones, by name. */
    listCannedReplies: build.query<CannedReplyList, void>({
      query: () => ({ url: '/canned-replies' }),
      providesTags: ['CannedReplies'],
    }),

    addCannedReply: build.mutation<CannedReply, CreateCannedReplyRequest>({
      query: (body) => ({ url: '/canned-replies', method: 'POST', body }),
      invalidatesTags: ['CannedReplies'],
    }),

    // Another admin may have removed a shared one: after a refusal the list is fetched, too.
    updateCannedReply: build.mutation<CannedReply, { id: number; request: UpdateCannedReplyRequest }>({
      query: ({ id, request }) => ({ url: `/canned-replies/${id}`, method: 'PATCH', body: request }),
      invalidatesTags: ['CannedReplies'],
    }),

    removeCannedReply: build.mutation<null, number>({
      query: (id) => ({ url: `/canned-replies/${id}`, method: 'DELETE' }),
      invalidatesTags: ['CannedReplies'],
    }),
  }),
});

export const {
  useListCannedRepliesQuery,
  useAddCannedReplyMutation,
  useUpdateCannedReplyMutation,
  useRemoveCannedReplyMutation,
} = cannedRepliesApi;
