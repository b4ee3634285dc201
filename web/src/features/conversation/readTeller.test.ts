import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadTeller, TELL_AGAIN_MS } from './readTeller';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Answers one after the other: true is success. After the last all succeed. */
function tellerWith(...answers: boolean[]) {
  const tell = vi.fn<(seq: number) => Promise<void>>(() =>
    answers.shift() === false ? Promise.reject(new Error('lost')) : Promise.resolve(),
  );
  return { teller: new ReadTeller(tell), told: () => tell.mock.calls.map(([seq]) => seq) };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('what is read', () => {
  it('is told once, and each later place', async () => {
    const { teller, told } = tellerWith();
    teller.look(3);
    teller.look(3);
    await pass(0);
    teller.look(null);
    teller.look(3);
    teller.look(5);
    await pass(TELL_AGAIN_MS);
    expect(told()).toEqual([3, 5]);
  });

  it('is told again some seconds after that failed, to who stays', async () => {
    const { teller, told } = tellerWith(false, false);
    teller.look(3);
    await pass(TELL_AGAIN_MS - 1);
    expect(told()).toEqual([3]);
    await pass(1);
    await pass(TELL_AGAIN_MS);
    expect(told()).toEqual([3, 3, 3]);
    await pass(10 * TELL_AGAIN_MS);
    expect(told()).toEqual([3, 3, 3]);
  });

  it('is told again at once when there is a reason to try, as a connection that is back', async () => {
    const { teller, told } = tellerWith(false);
    teller.look(3);
    await pass(0);
    teller.look(3);
    await pass(TELL_AGAIN_MS);
    expect(told()).toEqual([3, 3]);
  });

  it('is not told while nobody looks, but with the next look', async () => {
    const { teller, told } = tellerWith(false);
    teller.look(3);
    teller.look(null);
    await pass(2 * TELL_AGAIN_MS);
    expect(told()).toEqual([3]);
    teller.look(3);
    expect(told()).toEqual([3, 3]);
  });

  it('needs not be told when something later was', async () => {
    const { teller, told } = tellerWith(false);
    teller.look(3);
    teller.look(4);
    await pass(TELL_AGAIN_MS);
    expect(told()).toEqual([3, 4]);
  });
});
