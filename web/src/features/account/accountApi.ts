// Requests about one's own account: profile, password, sessions.
import { api } from '@/api/api';
import type { ChangePasswordRequest, SessionList, UpdateMeRequest, User } from '@/api/types';

export const accountApi = api.enhanceEndpoints({ addTagTypes: ['Sessions'] }).injectEndpoints({
  endpoints: (build) => ({
    updateMe: build.mutation<User, UpdateMeRequest>({
      query: (body) => ({ url: '/me', method: 'PATCH', body }),
    }),

    changePassword: build.mutation<null, ChangePasswordRequest>({
      query: (body) => ({ url: '/me/password', method: 'PUT', body }),
      invalidatesTags: (_result, error) => (error ? [] : ['Sessions']),
    }),

    listSessions: build.query<SessionList, void>({
      query: () => ({ url: '/auth/sessions' }),
      providesTags: ['Sessions'],
    }),

    endSession: build.mutation<null, string>({
      query: (id) => ({ url: `/auth/sessions/${encodeURIComponent(id)}`, method: 'DELETE' }),
      // Also when it is not there any more.
      invalidatesTags: ['Sessions'],
    }),

    endOtherSessions: build.mutation<null, void>({
      query: () => ({ url: '/auth/sessions', method: 'DELETE' }),
      invalidatesTags: ['Sessions'],
    }),
  }),
});

export const {
  useUpdateMeMutation,
  useChangePasswordMutation,
  useListSessionsQuery,
  useEndSessionMutation,
  useEndOtherSessionsMutation,
} = accountApi;
