import { expect, it, vi } from 'vitest';
import { chooseLanguage, i18next, needTexts } from '@/config/i18n';
import { keyNames } from './keyName';

const PALETTE = { command: 'palette', key: 'k', where: 'everywhere', withModifier: true } as const;

it.each([
  ['en', 'Ctrl'],
  ['de', 'Strg'],
] as const)('calls the keys what stands on them: %s', async (language, name) => {
  vi.stubGlobal('document', { documentElement: {} });
  await needTexts('shortcuts');
  await chooseLanguage(language);
  expect(keyNames(i18next.t, PALETTE)).toEqual([name, 'K']);
  expect(keyNames(i18next.t, { command: 'back', key: 'Escape', where: 'ticket' })).toEqual(['Esc']);
});
