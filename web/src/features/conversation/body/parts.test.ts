import { afterEach, describe, expect, it, vi } from 'vitest';
import { beginningOf, partsOf } from './parts';

const LOG = Array.from({ length: 40 }, (_, index) => `2026-01-31 10:00:${index + 10} INFO step ${index}`).join('\n');

afterEach(() => {
  vi.restoreAllMocks();
});

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

  it('are code where one fence opens and several could close it', () => {
    expect(partsOf('```\na\n```\n```\nb\n```').map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('are found in a few looks at each line, also with many fences that nobody closes', () => {
    const looks = vi.spyOn(RegExp.prototype, 'test');
    partsOf('```sh\n'.repeat(1_000));
    expect(looks.mock.calls.length).toBeGreaterThan(1_000);
    expect(looks.mock.calls.length).toBeLessThan(60_000);
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

  it('is not asked for when nothing would be left out', () => {
    expect(begin(`${'line\n'.repeat(14)}${LOG}`)).toBeNull();
    expect(begin(`${'line\n'.repeat(14)}${LOG}\n\n\nThe end.`)?.map(({ type }) => type)).toEqual(['text', 'log']);
  });

  it('does not count what scrolls in itself', () => {
    expect(begin(LOG)).toBeNull();
    expect(begin(`Hello\n${LOG}`)).toBeNull();
  });
});
