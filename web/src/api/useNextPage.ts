// The next page of a list. While the list is being fetched afresh, a wish for it would be dropped: it waits for that.
import { useState } from 'react';
import { useDispatch } from 'react-redux';
import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { api } from './api';

export function useNextPage(fetchNextPage: () => PromiseLike<unknown>) {
  const dispatch = useDispatch<ThunkDispatch<unknown, unknown, UnknownAction>>();
  const [isLoadingMore, setLoadingMore] = useState(false);

  const load = async () => {
    setLoadingMore(true);
    await Promise.all(dispatch(api.util.getRunningQueriesThunk()));
    await fetchNextPage();
    setLoadingMore(false);
  };
  return { isLoadingMore, loadMore: () => void load() };
}
