// axe finds nothing: on no page, in neither colour scheme, neither wide nor on a phone.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { conversation, expect, message, openTicket, say, test } from './support/desk.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

async function expectNoFindings(page: Page, name: string): Promise<void> {
  for (const viewport of [WIDE, PHONE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
      expect.soft(found, `${name}, ${colorScheme}, ${viewport.width} wide`).toEqual([]);
      expect.soft(await overflow(page), `${name} is wider than ${viewport.width}`).toBe(0);
    }
  }
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test('pages before the sign-in', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expectNoFindings(page, 'login');
  await page.goto('/register');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Please fill this in.').first()).toBeVisible();
  await expectNoFindings(page, 'register with errors');
  await page.goto('/setup');
  await expect(page.getByRole('heading', { name: 'Set up this desk' })).toBeVisible();
  await expectNoFindings(page, 'setup without a token');
  await page.goto('/setup#token=x');
  await page.reload();
  await expect(page.getByLabel('Name')).toBeVisible();
  await expectNoFindings(page, 'setup');
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  await expectNoFindings(page, 'not found');
});

test("the customer's pages", async ({ people }) => {
  const page = await people.customer();
  await expect(page.getByText('No tickets yet')).toBeVisible();
  await expectNoFindings(page, 'no tickets');
  await openTicket(page, 'Accessible to all', 'Can everybody read this?');
  await say(page, 'I hope so.');
  await expect(message(page, 'I hope so.').getByText('Sent', { exact: true })).toBeVisible();
  await expectNoFindings(page, 'conversation');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Accessible to all' })).toBeVisible();
  await expectNoFindings(page, 'my tickets');
  await page.goto('/tickets/new');
  await expect(page.getByLabel('What happened?')).toBeVisible();
  await expectNoFindings(page, 'new ticket');
  await page.goto('/');
  await page.getByRole('button', { name: /^Account: / }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expectNoFindings(page, 'account menu');
});

test("staff's pages", async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'For staff', 'Hello?');
  const page = await people.admin();
  await expect(page.getByRole('link', { name: 'For staff' })).toBeVisible();
  await expectNoFindings(page, 'list');
  await page.goto(`/admin/tickets/${id}`);
  await expect(conversation(page)).toContainText('Hello?');
  await say(page, 'Here we are.');
  await page.getByText('Note', { exact: true }).click();
  await page.getByLabel('Internal note, for staff only').fill('For us only');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(conversation(page)).toContainText('For us only');
  await expectNoFindings(page, 'conversation');
  await page.getByRole('button', { name: /^Status: / }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Resolved' })).toBeVisible();
  await expectNoFindings(page, 'status menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await expect(page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
  await expectNoFindings(page, 'notifications');
});
