// Staff's console with Tab, Enter, Space and the arrows alone, and it always shows where one is.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { conversation, expect, message, openTicket, test } from './support/desk.ts';
import { expectFocus, moveTo } from './support/keyboard.ts';

const word = () => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;
const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

/** Where there is room for the views and the details. */
test.use({ contextOptions: { viewport: { width: 1720, height: 900 } } });

test('staff signs in, opens a ticket, works on it and comes back without a mouse', async ({ people, desk }) => {
  const customer = await people.customer();
  const [older, newer] = [`Older ${word()}`, `Newer ${word()}`];
  await openTicket(customer, older, 'Later, please.');
  await openTicket(customer, newer, 'Now, please.');

  const page = await people.visitor();
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await moveTo(page, 'E-mail');
  await page.keyboard.type(desk.admin.email);
  await moveTo(page, 'Password');
  await page.keyboard.type(desk.admin.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  await expect(row(page, newer)).toBeVisible();
  await expect(page.getByLabel('Sort by')).toBeVisible();

  await page.keyboard.press('Tab');
  await expectFocus(page, /^Skip to content$/);
  await page.keyboard.press('Enter');
  // Views and filters come before the list.
  await moveTo(page, 'All');
  await page.keyboard.press('Enter');
  // The list of this view, not of the one before.
  const views = page.getByRole('navigation', { name: 'Show' });
  await expect(views.getByRole('link', { name: 'All' })).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/view=all/);
  await expect(row(page, newer)).toBeVisible();
  await moveTo(page, 'Sort by');
  await moveTo(page, 'Search');
  await moveTo(page, newer);
  await page.keyboard.press('Enter');
  await expect(conversation(page)).toContainText('Now, please.');
  await expectFocus(page, new RegExp(`^${newer} #\\d+$`));
  await expect(page.getByLabel('Your message')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Details' }).getByLabel('Priority')).toBeVisible();

  await moveTo(page, 'Rename');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Title$/);
  await page.keyboard.press('Escape');
  await expectFocus(page, /^Rename$/);
  await moveTo(page, 'Assign to me');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Assigned to you')).toBeVisible();
  await expectFocus(page, new RegExp(`^${newer} #\\d+$`));
  await moveTo(page, 'Status: Open');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Open$/);
  await page.keyboard.press('ArrowDown');
  await expectFocus(page, /^In progress$/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Status: In progress$/);
  await moveTo(page, 'Details');
  await moveTo(page, 'Reply');
  await page.keyboard.press('ArrowRight');
  await expectFocus(page, /^Note$/);
  await moveTo(page, 'Internal note, for staff only');
  await page.keyboard.type('Seen without a mouse.');
  await moveTo(page, 'Add note');
  await page.keyboard.press('Enter');
  await expect(message(page, 'Seen without a mouse.').getByText('Internal note')).toBeVisible();
  await expectFocus(page, /^Internal note, for staff only$/);
  await moveTo(page, 'Assigned to');
  await moveTo(page, 'Priority');
  await page.keyboard.press('ArrowUp');
  await expect(conversation(page)).toContainText('You set the priority to High');
  await expectFocus(page, /^Priority$/);

  // As by the key that every browser has for it. It ends at the row.
  await page.goBack();
  await expect(page).toHaveURL(/\/admin\?view=all$/);
  await expectFocus(page, new RegExp(`^${newer}`));
});

test('staff changes two tickets at once without a mouse', async ({ people }) => {
  const customer = await people.customer();
  const [older, newer] = [`Older ${word()}`, `Newer ${word()}`];
  for (const title of [older, newer]) await openTicket(customer, title, 'One of two.');
  const page = await people.admin();
  // In an order that changes do not change.
  await page.goto('/admin?view=all&sort=created');
  await expect(row(page, newer)).toBeVisible();
  const choose = async () => {
    for (const title of [newer, older]) {
      await moveTo(page, `Choose “${title}”`);
      await page.keyboard.press('Space');
      await expectFocus(page, new RegExp(`^Choose “${title}”$`));
    }
    await expect(page.getByText('2 chosen')).toBeVisible();
    // However many rows lie between.
    await expect(async () => {
      // Until the keys are there: they load after everything else.
      await page.keyboard.press('b');
      await expect(page.getByRole('region', { name: 'Chosen tickets' })).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await expectFocus(page, /^Chosen tickets$/);
  };
  await choose();
  await moveTo(page, 'Set priority');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Urgent$/);
  await page.keyboard.press('ArrowDown');
  await expectFocus(page, /^High$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 tickets changed')).toBeVisible();
  // The focus stays with what has come of it, and the way back is the next stop.
  await expectFocus(page, /^Changed tickets$/);
  await page.keyboard.press('Tab');
  await expectFocus(page, /^Undo$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 tickets put back')).toBeVisible();
  await expectFocus(page, /^Changed tickets$/);
  await page.keyboard.press('Tab');
  await expectFocus(page, /^Done$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Changed tickets' })).toHaveCount(0);

  // From there it is not far to the rows.
  await expect(page.locator('[data-shortcut="list"]')).toBeFocused();
  await page.keyboard.press('Tab');
  await expectFocus(page, /^Choose “/);
  for (const title of [newer, older]) await expect(row(page, title).getByRole('checkbox')).not.toBeChecked();
  await page.keyboard.press('Shift+Tab');
  await choose();
  await moveTo(page, 'Choose none');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Chosen tickets' })).toHaveCount(0);
  await expect(page.locator('[data-shortcut="list"]')).toBeFocused();
});
