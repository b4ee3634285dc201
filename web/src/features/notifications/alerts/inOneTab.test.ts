import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inOneTab } from './inOneTab';

/** Web Locks, as far as they are used: a lock that is taken is not given. */
function sharedLocks(): Pick<LockManager, 'request'> {
  const taken = new Set<string>();
  const request = async (name: string, _options: LockOptions, work: LockGrantedCallback<unknown>) => {
    if (taken.has(name)) return work(null);
    taken.add(name);
    await work({ name, mode: 'exclusive' });
    taken.delete(name);
  };
  return { request: request as LockManager['request'] };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('acts in the first of two tabs', () => {
  const locks = sharedLocks();
  const acts = [vi.fn(), vi.fn()];
  acts.forEach((act) => void inOneTab('sound', act, locks));
  expect(acts.map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
});

it('acts for other news at the same time', () => {
  const locks = sharedLocks();
  const act = vi.fn();
  void inOneTab('browser.1', act, locks);
  void inOneTab('browser.2', act, locks);
  expect(act).toHaveBeenCalledTimes(2);
});

it('acts again later', async () => {
  const locks = sharedLocks();
  const act = vi.fn();
  const first = inOneTab('sound', act, locks);
  await vi.advanceTimersByTimeAsync(60_000);
  await first;
  void inOneTab('sound', act, locks);
  expect(act).toHaveBeenCalledTimes(2);
});

it('acts in every tab without locks', async () => {
  const act = vi.fn();
  await inOneTab('sound', act, undefined);
  expect(act).toHaveBeenCalledOnce();
});
