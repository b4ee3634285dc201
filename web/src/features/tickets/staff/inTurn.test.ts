import { expect, it } from 'vitest';
import { inTurn } from './inTurn';

/** Something that goes on until it is told how it ends. */
function open() {
  let end: (answer: string) => void = () => undefined;
  let fail: (why: Error) => void = () => undefined;
  const answer = new Promise<string>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { answer, end: (text: string) => end(text), fail: (why: Error) => fail(why) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('begins with the next when the one before is answered, and hands the answers on', async () => {
  const takeTurn = inTurn();
  const begun: string[] = [];
  const [first, second] = [open(), open()];
  const begin = (name: string, { answer }: typeof first) => {
    return takeTurn(() => {
      begun.push(name);
      return answer;
    });
  };
  const answers = Promise.all([begin('first', first), begin('second', second)]);
  await settled();
  expect(begun).toEqual(['first']);
  first.end('one');
  await settled();
  expect(begun).toEqual(['first', 'second']);
  second.end('two');
  expect(await answers).toEqual(['one', 'two']);
});

it('goes on after a failure', async () => {
  const takeTurn = inTurn();
  const first = open();
  const failed = takeTurn(() => first.answer);
  const next = takeTurn(() => Promise.resolve('two'));
  first.fail(new Error('no'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('two');
});
