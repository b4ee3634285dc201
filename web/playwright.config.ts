import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './e2e/support/chromium.ts';
import type { DeskOptions } from './e2e/support/desk.ts';

const { E2E_DATABASE_URL, TEST_REDIS_URL } = process.env;
const hasServices = Boolean(E2E_DATABASE_URL && TEST_REDIS_URL);

export default defineConfig<DeskOptions>({
  testDir: 'e2e',
  testIgnore: 'screenshots/**',
  timeout: 45_000,
  expect: { timeout: 10_000 },
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: { ...CHROMIUM, trace: 'retain-on-failure' },
  projects: [
    { name: 'embedded', use: { mode: 'embedded' } },
    // The flows that the database and the session store could change.
    ...(hasServices
      ? [
          {
            name: 'production',
            testMatch: ['account.spec.ts', 'conversation.spec.ts', 'expiry.spec.ts', 'offline.spec.ts'],
            use: { mode: 'production' as const },
          },
        ]
      : []),
  ],
});
