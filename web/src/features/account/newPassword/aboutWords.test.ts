import { expect, it } from 'vitest';
import { aboutWords } from './aboutWords';

it('takes addresses and names apart, and leaves out what is too short to mean anything', () => {
  expect(aboutWords(['Ada.L@example.org', 'Ada Lovelace', ''])).toEqual([
    'ada.l@example.org',
    'ada',
    'example',
    'org',
    'ada lovelace',
    'lovelace',
  ]);
});
