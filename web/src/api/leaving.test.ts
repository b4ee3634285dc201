import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beforeLeaving, doErrands } from './leaving';

const ends: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  ends.splice(0).forEach((end) => end());
  vi.useRealTimers();
});

it('waits for all of it, also when some of it fails', async () => {
  const done: string[] = [];
  ends.push(beforeLeaving(() => Promise.reject(new Error('no'))));
  ends.push(
    beforeLeaving(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      done.push('late');
    }),
  );
  const leaving = doErrands().then(() => done.push('left'));
  await vi.advanceTimersByTimeAsync(1_000);
  await leaving;
  expect(done).toEqual(['late', 'left']);
  expect(vi.getTimerCount()).toBe(0);
});

it('does not wait for ever', async () => {
  ends.push(beforeLeaving(() => new Promise(() => undefined)));
  const left = vi.fn();
  void doErrands().then(left);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(left).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(left).toHaveBeenCalledOnce();
});

it('does nothing that is not wanted any more', async () => {
  const errand = vi.fn(() => Promise.resolve());
  beforeLeaving(errand)();
  await doErrands();
  expect(errand).not.toHaveBeenCalled();
});
