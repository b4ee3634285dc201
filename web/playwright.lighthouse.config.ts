// Measures pages with Lighthouse.
import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './e2e/support/chromium.ts';
import type { DeskOptions } from './e2e/support/desk.ts';

export default defineConfig<DeskOptions>({
  testDir: 'e2e/lighthouse',
  timeout: 600_000,
  expect: { timeout: 10_000 },
  workers: 1,
  reporter: [['list']],
  use: { ...CHROMIUM, mode: 'embedded' },
});
