// The reader's notifications, as far as they are loaded. The bell and the page show the same ones.
import { useNextPage } from '@/api/useNextPage';
import { useListNotificationsInfiniteQuery } from './notificationsApi';

export function useNotifications() {
  const { data, error, hasNextPage, fetchNextPage, refetch } = useListNotificationsInfiniteQuery();
  const next = useNextPage(fetchNextPage);
  return {
    /** Null until the first answer. */
    pages: data?.pages ?? null,
    unread: data?.pages[0]?.unread ?? 0,
    /** Only while there is nothing to show. */
    failure: data ? null : (error ?? null),
    hasMore: hasNextPage,
    next,
    retry: () => void refetch(),
  };
}
