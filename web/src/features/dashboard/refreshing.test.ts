import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EVERY_MS, FIRST_WITHIN_MS, refreshing } from './refreshing';

let isShown = true;
let isEmpty = false;
const ask = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockClear();
  isShown = true;
  isEmpty = false;
});
afterEach(() => vi.useRealTimers());

const start = () => refreshing(
    ask,
    () => isShown,
    () => isEmpty,
  );

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

it('asks for the first ticket soon', () => {
  const { changed, look } = start();
  changed();
  // The answer that was on its way.
  isEmpty = true;
  look();
  vi.advanceTimersByTime(FIRST_WITHIN_MS);
  expect(ask).toHaveBeenCalledOnce();
});

it('asks for nothing that has not changed', () => {
  const { look } = start();
  look();
  vi.advanceTimersByTime(EVERY_MS * 3);
  expect(ask).not.toHaveBeenCalled();
});

it('waits until somebody looks', () => {
  const { changed, look } = start();
  isShown = false;
  changed();
  vi.advanceTimersByTime(EVERY_MS * 3);
  expect(ask).not.toHaveBeenCalled();
  isShown = true;
  look();
  vi.advanceTimersByTime(0);
  expect(ask).toHaveBeenCalledOnce();
});

it('does not ask for a page that was hidden while it waited', () => {
  const { changed, look } = start();
  changed();
  isShown = false;
  vi.advanceTimersByTime(EVERY_MS);
  expect(ask).not.toHaveBeenCalled();
  isShown = true;
  look();
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
