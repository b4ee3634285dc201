// The next page of a list. While the list is being fetched afresh, a wish for it would be dropped: it waits for that.
import { useState } from 'react';
import { useDispatch } from 'react-redux';
import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { api } from './api';

export interface NextPage {
  isLoadingMore: boolean;
  /** Why the last wish came to nothing. */
  moreFailure: unknown;
  loadMore: () => void;
}

export function useNextPage(fetchNextPage: () => PromiseLike<{ error?: unknown }>): NextPage {
  const dispatch = useDispatch<ThunkDispatch<unknown, unknown, UnknownAction>>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreFailure, setFailure] = useState<unknown>(null);

  const load = async () => {
    setLoadingMore(true);
    setFailure(null);
    await Promise.all(dispatch(api.util.getRunningQueriesThunk()));
    const { error } = await fetchNextPage();
    setFailure(error ?? null);
    setLoadingMore(false);
  };
  return { isLoadingMore, moreFailure, loadMore: () => void load() };
}
