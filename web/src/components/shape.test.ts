import { expect, it } from 'vitest';
import { isEither, isListOf, isNull, isNumber, isOneOf, isShaped, isText } from './shape';

interface Mark {
  at: number;
  by: string | null;
  colour: 'red' | 'blue';
}

const isMark = isShaped<Mark>({ at: isNumber, by: isEither(isText, isNull), colour: isOneOf(['red', 'blue'] as const) });

it('knows what has the shape, whatever else it has', () => {
  expect(isMark({ at: 1, by: null, colour: 'red' })).toBe(true);
  expect(isMark({ at: 1, by: 'Cora', colour: 'blue', more: [] })).toBe(true);
  expect(isListOf(isMark)([])).toBe(true);
});

it.each([null, undefined, 'text', 7, [], {}, { at: '1', by: null, colour: 'red' }, { at: NaN, by: null, colour: 'red' }, { at: 1, colour: 'red' }, { at: 1, by: null, colour: 'green' }])(
  'refuses %j',
  (value) => {
    expect(isMark(value)).toBe(false);
    expect(isListOf(isMark)([value])).toBe(false);
    expect(isListOf(isMark)(value)).toBe(Array.isArray(value) && value.length === 0);
  },
);
