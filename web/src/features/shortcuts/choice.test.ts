import { beforeEach, expect, it, vi } from 'vitest';
import { fakeStorage } from '@/testing/fakeStorage';

const load = async () => {
  vi.resetModules();
  return import('./choice');
};

beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage()));

it('is on until somebody switches it off, and stays off', async () => {
  const { shortcutsAreOn, switchShortcuts } = await load();
  expect(shortcutsAreOn()).toBe(true);
  switchShortcuts(false);
  expect(shortcutsAreOn()).toBe(false);

  const later = await load();
  expect(later.shortcutsAreOn()).toBe(false);
  later.switchShortcuts(true);
  expect((await load()).shortcutsAreOn()).toBe(true);
});

it('is on when something else is kept there', async () => {
  localStorage.setItem('deskwire.shortcuts', '{"on":');
  expect((await load()).shortcutsAreOn()).toBe(true);
});

it('holds without storage', async () => {
  vi.stubGlobal('localStorage', undefined);
  const { shortcutsAreOn, switchShortcuts } = await load();
  switchShortcuts(false);
  expect(shortcutsAreOn()).toBe(false);
});
