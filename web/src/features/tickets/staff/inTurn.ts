// What is begun one after the other also reaches the server in that order: each waits for the answer to the one before.

export type InTurn = <Answer>(begin: () => Promise<Answer>) => Promise<Answer>;

export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (begin) => {
    const turn = last.then(begin, begin);
    last = turn;
    return turn;
  };
}
