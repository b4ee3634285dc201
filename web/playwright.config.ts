import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './e2e/support/chromium.ts';
import type { DeskOptions } from './e2e/support/desk.ts';

const { E2E_DATABASE_URLS, TEST_REDIS_URL } = process.env;
const hasServices = Boolean(E2E_DATABASE_URLS && TEST_REDIS_URL);
/** Each has a server of its own, with a database of its own. */
const workers = E2E_DATABASE_URLS?.split(' ').length ?? 2;

/** Not tests: they make pictures and figures. */
const MEASURES = ['screenshots/**', 'lighthouse/**', 'scale/**'];

/** What is run again on the embedded default: each part of the server once. */
const SMOKE = ['conversation.spec.ts', 'session.spec.ts'];

const embedded = {
  name: 'embedded',
  use: { mode: 'embedded' as const },
  // There a restart signs everybody out.
  testIgnore: [...MEASURES, 'restart.spec.ts'],
};

const onServices = [{ name: 'production', use: { mode: 'production' as const }, testIgnore: MEASURES }];

export default defineConfig<DeskOptions>({
  testDir: 'e2e',
  // Several times what it takes on a machine that does nothing else.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  // What was done and asked for; pictures of each step as well, for one test: --trace on. They cost a third of the time.
  use: { ...CHROMIUM, trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false } },
  projects: hasServices ? [...onServices, { ...embedded, testMatch: SMOKE }] : [embedded],
});
