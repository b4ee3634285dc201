// Moves are sent one after the other, since each counts on the one before. Of several of one category in a row only the
// latest is sent.
import type { Move } from './categoriesApi';

export interface MoveQueue {
  push: (move: Move) => void;
}

/**
 * `send` resolves with why it failed, if it did: then what waits is dropped. `onEnd` is called once nothing is left, with
 * that reason or null.
 */
export function moveQueue(send: (move: Move) => Promise<unknown>, onEnd: (failure: unknown) => void): MoveQueue {
  let waiting: Move[] = [];
  let isRunning = false;

  const run = async () => {
    let failure: unknown = null;
    for (let move = waiting.shift(); move; move = waiting.shift()) {
      failure = (await send(move)) ?? null;
      if (failure !== null) waiting = [];
    }
    isRunning = false;
    onEnd(failure);
  };

  return {
    push(move) {
      if (waiting.at(-1)?.id === move.id) waiting.pop();
      waiting.push(move);
      if (isRunning) return;
      isRunning = true;
      void run();
    },
  };
}
