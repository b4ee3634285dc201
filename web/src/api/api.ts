// The one RTK Query API; each feature adds its own endpoints.
import { createApi } from '@reduxjs/toolkit/query/react';
import { baseQuery } from './baseQuery';

export const api = createApi({
  baseQuery,
  tagTypes: ['TicketList', 'Ticket', 'Notifications', 'Categories', 'TicketCounts', 'Users', 'Alerts', 'AlertHistory'],
  // Live frames keep what is shown fresh; after every reconnect lists are fetched again.
  keepUnusedDataFor: 300,
  endpoints: () => ({}),
});
