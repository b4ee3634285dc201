import { expect, it } from 'vitest';
import type { Request } from '@/api/baseQuery';
import { toFailure } from '@/api/failure';
import type { Notification } from '@/api/types';
import { notification } from './example';
import { type Ask, readAll } from './readAll';

const READ_AT = '2026-01-31T09:16:00.000000Z';

/** A server with these groups in pages of two, and what it was asked for. */
function serverWith(groups: Notification[]) {
  const asked: Request[] = [];
  const unread = () => groups.reduce((sum, { read_at, count }) => sum + (read_at == null ? count : 0), 0);
  const answer = ({ method, params, body }: Request): unknown => {
    if (method === 'POST') {
      const { ids } = body as { ids: number[] };
      groups.filter(({ id }) => ids.includes(id)).forEach((group) => (group.read_at = READ_AT));
      return { unread: unread() };
    }
    const from = Number(params?.cursor ?? 0);
    const next_cursor = from + 2 < groups.length ? String(from + 2) : null;
    return { items: groups.slice(from, from + 2), next_cursor, unread: unread() };
  };
  const ask = ((request) => {
    asked.push(request);
    return Promise.resolve({ data: answer(request) });
  }) as Ask;
  return { groups, asked, ask, unread };
}

const some = (...ids: number[]) => ids.map((id) => notification(id));

it('marks what is on later pages too', async () => {
  const server = serverWith(some(9, 8, 7, 6, 5));
  expect(await readAll(9, server.ask)).toEqual({ data: null });
  expect(server.unread()).toBe(0);
});

it('stops when nothing is unread', async () => {
  const server = serverWith(some(9, 8, 7, 6, 5).map((group, place) => (place > 0 ? { ...group, read_at: READ_AT } : group)));
  await readAll(9, server.ask);
  expect(server.asked).toHaveLength(2);
});

it('leaves alone what came since, and does not search for it', async () => {
  const server = serverWith([notification(9, { count: 3 }), ...some(8, 7, 6, 5)]);
  server.groups.slice(2).forEach((group) => (group.read_at = READ_AT));
  await readAll(8, server.ask);
  expect(server.unread()).toBe(3);
  expect(server.asked).toHaveLength(2);
});

it('says when it failed', async () => {
  const error = toFailure(null);
  expect(await readAll(9, () => Promise.resolve({ error }))).toEqual({ error });
});
