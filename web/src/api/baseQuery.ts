// RTK Query's base query over Axios.
import type { BaseQueryFn } from '@reduxjs/toolkit/query';
import { type Failure, toFailure } from './failure';
import { http } from './http';

export interface Request {
  url: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  params?: Record<string, string | number | undefined>;
  /** Sent without an access token. */
  anonymous?: boolean;
}

export const baseQuery: BaseQueryFn<Request, unknown, Failure> = async (
  { url, method = 'GET', body, params, anonymous },
  { signal },
) => {
  try {
    const { data } = await http.request<unknown>({ url, method, data: body, params, anonymous, signal });
    // An answer without a body; RTK Query wants a value.
    return { data: data === '' ? null : data };
  } catch (error) {
    return { error: toFailure(error) };
  }
};
