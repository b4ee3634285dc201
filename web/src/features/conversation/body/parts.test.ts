import { describe, expect, it } from 'vitest';
import { beginningOf, partsOf } from './parts';

const LOG = Array.from({ length: 40 }, (_, index) => `2026-01-31 10:00:${index + 10} INFO step ${index}`).join('\n');

describe('the parts of a message', () => {
  it('are one when it is prose, kept to the letter', () => {
    const body = '  Hello\n\n\nthere  \n';
    expect(partsOf(body)).toEqual([{ type: 'text', text: body }]);
  });

  it('are code where there are fences', () => {
    expect(partsOf('Try this:\n\n```sh\nrm -i *\n\nls\n```\nDoes it help?')).toEqual([
      { type: 'text', text: 'Try this:' },
      { type: 'code', text: 'rm -i *\n\nls' },
      { type: 'text', text: 'Does it help?' },
    ]);
  });

  it('leave a fence alone that is not closed', () => {
    expect(partsOf('```\nnot closed')).toEqual([{ type: 'text', text: '```\nnot closed' }]);
  });

  it('are logs where lines look like it', () => {
    expect(partsOf(`See:\n${LOG}`).map(({ type }) => type)).toEqual(['text', 'log']);
  });
});

describe('the beginning', () => {
  const begin = (body: string) => beginningOf(partsOf(body));

  it('is asked for by long messages only', () => {
    expect(begin('Short.')).toBeNull();
    expect(begin('word '.repeat(300))).toBeNull();
    expect(begin('word '.repeat(400))).not.toBeNull();
    expect(begin('line\n'.repeat(24))).toBeNull();
    expect(begin('line\n'.repeat(40))).not.toBeNull();
  });

  it('ends with a whole word and a whole line', () => {
    expect(begin('word '.repeat(400))?.[0]?.text).toMatch(/^(word )+word…$/);
    expect(begin('line\n'.repeat(40))?.[0]?.text).toBe(`${Array(15).fill('line').join('\n')}…`);
  });

  it('cuts no character in two', () => {
    expect(begin(`a${'😀'.repeat(900)}`)?.[0]?.text).toMatch(/^a(😀)+…$/u);
  });

  it('does not count what scrolls in itself', () => {
    expect(begin(LOG)).toBeNull();
    expect(begin(`Hello\n${LOG}`)).toBeNull();
  });
});
