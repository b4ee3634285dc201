import { expect, it, vi } from 'vitest';
import { createRefresher, type TokenNews } from './refresh';

function setUp(ask: () => Promise<{ access_token: string; expires_in: number } | null>) {
  const kept: (string | null)[] = [];
  const announce = vi.fn<(news: TokenNews) => Promise<void>>(() => Promise.resolve());
  const confirm = vi.fn();
  let queue: Promise<unknown> = Promise.resolve();
  // One lock for all refreshers of a test, as the tabs of a browser have.
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const asked = vi.fn(ask);
  const make = () => createRefresher({ ask: asked, exclusively, announce, confirm, keep: (token) => kept.push(token) });
  return { asked, kept, announce, confirm, make };
}

it('asks once however many want a token at the same time', async () => {
  const { asked, kept, make } = setUp(() => Promise.resolve({ access_token: 'a', expires_in: 300 }));
  const refresher = make();
  const tokens = await Promise.all(Array.from({ length: 20 }, () => refresher.refresh()));
  expect(asked).toHaveBeenCalledOnce();
  expect(new Set(tokens)).toEqual(new Set(['a']));
  expect(kept).toEqual(['a']);
});

it('asks again the next time', async () => {
  const { asked, make } = setUp(() => Promise.resolve({ access_token: 'a', expires_in: 300 }));
  const refresher = make();
  await refresher.refresh();
  await refresher.refresh();
  expect(asked).toHaveBeenCalledTimes(2);
});

it('takes the token of the tab that was first in the queue', async () => {
  const { asked, announce, confirm, make } = setUp(() => Promise.resolve({ access_token: 'a', expires_in: 300 }));
  const first = make();
  const second = make();
  announce.mockImplementation((news) => Promise.resolve(second.hear(news)));
  expect(await Promise.all([first.refresh(), second.refresh()])).toEqual(['a', 'a']);
  expect(asked).toHaveBeenCalledOnce();
  expect(confirm).toHaveBeenCalledOnce();
});

it('says whose token it tells the other tabs', async () => {
  // {"iss":"deskwire","sub":"7","jti":"?>~?"}, whose encoding takes every letter of base64url.
  const token = 'e30.eyJpc3MiOiJkZXNrd2lyZSIsInN1YiI6IjciLCJqdGkiOiI_Pn4_In0.c2lnbmF0dXJl';
  const { announce, make } = setUp(() => Promise.resolve({ access_token: token, expires_in: 300 }));
  await make().refresh();
  expect(announce).toHaveBeenCalledExactlyOnceWith({ type: 'refreshed', token, userId: 7 });
});

it('confirms nothing that it did not wait for', () => {
  const { confirm, kept, make } = setUp(() => Promise.resolve(null));
  make().hear({ type: 'refreshed', token: 'a', userId: 7 });
  expect(kept).toEqual(['a']);
  expect(confirm).not.toHaveBeenCalled();
});

it('forgets the token when there is no session any more', async () => {
  const { kept, announce, make } = setUp(() => Promise.resolve(null));
  expect(await make().refresh()).toBeNull();
  expect(kept).toEqual([null]);
  expect(announce).not.toHaveBeenCalled();
});

it('keeps the token when the server gives no answer', async () => {
  const { kept, make } = setUp(() => Promise.reject(new Error('down')));
  const refresher = make();
  await expect(refresher.refresh()).rejects.toThrow('down');
  expect(kept).toEqual([]);
  await expect(refresher.refresh()).rejects.toThrow('down');
});
