import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EVERY_MS, refreshing } from './refreshing';

let isShown = true;
const ask = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockClear();
  isShown = true;
});
afterEach(() => vi.useRealTimers());

const start = () => refreshing(ask, () => isShown);

it('asks once for many changes, and not before the time', () => {
  const { changed } = start();
  vi.advanceTimersByTime(EVERY_MS / 2);
  changed();
  changed();
  vi.advanceTimersByTime(EVERY_MS / 2 - 1);
  expect(ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledOnce();
  changed();
  vi.advanceTimersByTime(EVERY_MS - 1);
  expect(ask).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('does not wait when the latest request is long ago', () => {
  const { changed } = start();
  vi.advanceTimersByTime(EVERY_MS * 3);
  changed();
  vi.advanceTimersByTime(0);
  expect(ask).toHaveBeenCalledOnce();
});

it('asks for nothing that has not changed', () => {
  const { shown } = start();
  shown();
  vi.advanceTimersByTime(EVERY_MS * 3);
  expect(ask).not.toHaveBeenCalled();
});

it('waits until somebody looks', () => {
  const { changed, shown } = start();
  isShown = false;
  changed();
  vi.advanceTimersByTime(EVERY_MS * 3);
  expect(ask).not.toHaveBeenCalled();
  isShown = true;
  shown();
  vi.advanceTimersByTime(0);
  expect(ask).toHaveBeenCalledOnce();
});

it('does not ask for a page that was hidden while it waited', () => {
  const { changed, shown } = start();
  changed();
  isShown = false;
  vi.advanceTimersByTime(EVERY_MS);
  expect(ask).not.toHaveBeenCalled();
  isShown = true;
  shown();
  vi.advanceTimersByTime(0);
  expect(ask).toHaveBeenCalledOnce();
});

it('stops', () => {
  const { changed, stop } = start();
  changed();
  stop();
  vi.advanceTimersByTime(EVERY_MS);
  expect(ask).not.toHaveBeenCalled();
});
