// Requests about one account and where it is signed in, for admins: people's pages and tickets show the same.
import { api } from './api';
import type { Account, SessionList } from './types';

export const accountsApi = api.enhanceEndpoints({ addTagTypes: ['UserSessions'] }).injectEndpoints({
  endpoints: (build) => ({
    getUser: build.query<Account, number>({
      query: (id) => ({ url: `/users/${id}` }),
      providesTags: ['Users'],
    }),

    userSessions: build.query<SessionList, number>({
      query: (id) => ({ url: `/users/${id}/sessions` }),
      providesTags: ['UserSessions'],
    }),
  }),
});

export const { useGetUserQuery, useUserSessionsQuery } = accountsApi;
