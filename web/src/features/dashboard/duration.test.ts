import { beforeAll, expect, it } from 'vitest';
import { i18next, needTexts } from '@/config/i18n';
import { durationText } from './duration';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeAll(() => needTexts('dashboard'));

it.each([
  [0, '0 s'],
  [45, '45 s'],
  [MINUTE, '1 min'],
  [3 * MINUTE + 20, '3 min'],
  [59 * MINUTE + 59, '1 h'],
  [2 * HOUR, '2 h'],
  [2 * HOUR + 10 * MINUTE, '2 h 10 min'],
  [DAY - 1, '1 d'],
  [DAY + 4 * HOUR, '1 d 4 h'],
  [DAY + 25 * MINUTE, '1 d'],
  [10 * DAY - MINUTE, '10 d'],
  [12 * DAY + 20 * HOUR, '13 d'],
])('says %i seconds as %j', (seconds, words) => {
  expect(durationText(i18next.t, seconds)).toBe(words);
});

it('says it in German', async () => {
  await i18next.changeLanguage('de');
  await needTexts('dashboard');
  expect(durationText(i18next.t, DAY + 4 * HOUR)).toBe('1 Tag 4 Std.');
  expect(durationText(i18next.t, 2 * DAY)).toBe('2 Tage');
  await i18next.changeLanguage('en');
});
