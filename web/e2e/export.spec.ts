// The list as a file.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { expect, openTicket, test } from './support/desk.ts';
import { expectFocusIn } from './support/keyboard.ts';

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

async function askForFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
}

test('what the list shows is saved as a file', async ({ people }) => {
  const [wanted, other] = [randomUUID(), randomUUID()];
  const customer = await people.customer();
  await openTicket(customer, `Wanted ${wanted}`, 'Export me.');
  await openTicket(customer, `Other ${other}`, 'Not me.');
  const admin = await people.admin();
  await expect(row(admin, other)).toBeVisible();
  await admin.getByRole('button', { name: 'More actions' }).click();
  await expect(admin.getByRole('menuitem', { name: 'Export as CSV' })).toBeVisible();
  await expectNoFindings(admin, 'tools of the list');
  await expectFocusIn(admin.getByRole('menu'));
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('menu')).toBeHidden();

  await admin.getByRole('searchbox', { name: 'Search' }).fill(wanted);
  await expect(admin).toHaveURL(new RegExp(`q=${wanted}`));
  await expect(row(admin, other)).toHaveCount(0);
  await expect(row(admin, wanted)).toBeVisible();
  const download = admin.waitForEvent('download');
  await askForFile(admin);
  const file = await download;
  // It goes by itself.
  await expect(admin.getByRole('alert').filter({ hasText: file.suggestedFilename() })).toBeVisible();
  expect(file.suggestedFilename()).toMatch(/^tickets-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.codePointAt(0)).toBe(0xfeff);
  expect(text).toContain(`Wanted ${wanted}`);
  expect(text).not.toContain(other);
});

test('a refusal is said in words, and a file that breaks off is not saved', async ({ people }) => {
  const admin = await people.admin();
  const saved: string[] = [];
  admin.on('download', (file) => saved.push(file.suggestedFilename()));
  const problem = { type: 'about:blank', title: 'Down', status: 503, code: 'unavailable', errors: [] };
  await admin.route('**/api/v1/tickets/export**', (route) => route.fulfill({ status: 503, json: problem }), { times: 1 });
  await askForFile(admin);
  const failed = admin.getByRole('alert').filter({ hasText: 'Could not export the tickets' });
  await expect(failed).toHaveCount(1);
  await admin.route('**/api/v1/tickets/export**', (route) => route.abort(), { times: 1 });
  await askForFile(admin);
  await expect(failed).toHaveCount(2);
  expect(saved).toEqual([]);
});
