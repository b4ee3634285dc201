import { expect, it, vi } from 'vitest';
import type { Move } from './categoriesApi';
import { moveQueue } from './moveQueue';

/** A server whose answers come when the test says so. */
function server() {
  const sent: Move[] = [];
  const answers: ((failure: unknown) => void)[] = [];
  const send = (move: Move) => {
    sent.push(move);
    return new Promise<unknown>((resolve) => answers.push(resolve));
  };
  return { sent, send, answer: (failure: unknown = null) => answers.shift()?.(failure) };
}

it('sends one after the other, and of one category only the latest', async () => {
  const { sent, send, answer } = server();
  const onEnd = vi.fn();
  const queue = moveQueue(send, onEnd);
  queue.push({ id: 1, position: 2 });
  queue.push({ id: 1, position: 3 });
  queue.push({ id: 1, position: 4 });
  queue.push({ id: 2, position: 1 });
  expect(sent).toEqual([{ id: 1, position: 2 }]);

  answer();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  answer();
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(onEnd).not.toHaveBeenCalled();
  answer();
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith(null));
  expect(sent.slice(1)).toEqual([
    { id: 1, position: 4 },
    { id: 2, position: 1 },
  ]);
});

it('drops what counts on a move that failed, and goes on afterwards', async () => {
  const { sent, send, answer } = server();
  const onEnd = vi.fn();
  const queue = moveQueue(send, onEnd);
  queue.push({ id: 1, position: 2 });
  queue.push({ id: 2, position: 1 });
  answer('no answer');
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith('no answer'));
  expect(sent).toHaveLength(1);

  queue.push({ id: 3, position: 1 });
  expect(sent).toHaveLength(2);
  answer();
  await vi.waitFor(() => expect(onEnd).toHaveBeenLastCalledWith(null));
});
