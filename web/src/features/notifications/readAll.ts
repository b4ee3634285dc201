// Marks everything as read. The server takes groups by their ids, so those that are not on the screen are looked up.
import type { Request } from '@/api/baseQuery';
import type { Failure } from '@/api/failure';
import type { NotificationPage } from '@/api/types';

/** As many as the server takes at once. */
const PAGE = 100;

type Answer<T> = { data: T; error?: undefined } | { data?: undefined; error: Failure };

export type Ask = <T>(request: Request) => Promise<Answer<T>>;

/** What came after `upTo` has not been seen and stays unread. */
export async function readAll(upTo: number, ask: Ask): Promise<Answer<null>> {
  let cursor: string | null = null;
  let newer = 0;
  do {
    const params: Request['params'] = { limit: PAGE, cursor: cursor ?? undefined };
    const listed: Answer<NotificationPage> = await ask({ url: '/notifications', params });
    if (listed.error) return { error: listed.error };
    const { items, next_cursor }: NotificationPage = listed.data;
    let unread: number = listed.data.unread;

    const groups = items.filter(({ read_at }) => read_at == null);
    const ids = groups.map(({ id }) => id).filter((id) => id <= upTo);
    newer += groups.reduce((sum, { id, count }) => (id > upTo ? sum + count : sum), 0);
    if (ids.length > 0) {
      const marked = await ask<{ unread: number }>({ url: '/notifications/read', method: 'POST', body: { ids } });
      if (marked.error) return { error: marked.error };
      unread = marked.data.unread;
    }
    cursor = unread > newer ? next_cursor : null;
  } while (cursor !== null);
  return { data: null };
}
