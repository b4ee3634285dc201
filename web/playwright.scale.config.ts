// Measures the console on a desk of many tickets.
import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './e2e/support/chromium.ts';
import type { DeskOptions } from './e2e/support/desk.ts';

export default defineConfig<DeskOptions>({
  testDir: 'e2e/scale',
  timeout: 900_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: [['list']],
  use: { ...CHROMIUM, mode: 'embedded', actionTimeout: 15_000, navigationTimeout: 15_000 },
});
