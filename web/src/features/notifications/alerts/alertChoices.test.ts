import { expect, it } from 'vitest';
import { alertChoices, chooseAlerts, parseChoices } from './alertChoices';

const NONE = { sound: false, browser: false };

it.each([
  ['nothing', null],
  ['garbled text', '{"sound":'],
  ['null', 'null'],
  ['a list', '[true, true]'],
  ['something else', '{"sound":"yes","browser":1}'],
])('has nothing on when %s is kept', (_name, kept) => {
  expect(parseChoices(kept)).toEqual(NONE);
});

it('takes what makes sense', () => {
  expect(parseChoices('{"sound":true,"browser":"x","volume":11}')).toEqual({ sound: true, browser: false });
});

it('holds without storage', () => {
  chooseAlerts({ sound: true });
  expect(alertChoices()).toEqual({ sound: true, browser: false });
});
