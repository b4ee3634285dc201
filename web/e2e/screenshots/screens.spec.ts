// The pictures of docs/screenshots, taken of the real app with believable content.
import { fileURLToPath } from 'node:url';
import { type Page } from '@playwright/test';
import { conversation, createAdmin, expect, logIn, newEmail, openTicket, PASSWORD, register, say, test } from '../support/desk.ts';
import { startServer } from '../support/server.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const folder = process.env.SCREENSHOTS_DIR ?? fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled', caret: 'hide' });
}

async function scheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

test('screens', async ({ people, desk }) => {
  const visitor = await people.visitor();
  await visitor.setViewportSize(PHONE);
  await scheme(visitor, 'light');
  await visitor.goto('/login');
  await expect(visitor.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await picture(visitor, 'sign-in-phone');

  const others: [string, string, string][] = [
    ['Marlene Voss', 'Invoice 2026-1108 has the wrong address', 'We moved in September. Could you send a corrected invoice?'],
    ['Tomás Ribeiro', 'Export stops at 10,000 rows', 'The CSV export of the yearly report ends after 10,000 rows, without any message.'],
    ['Aiko Tanaka', 'How do I add a second warehouse?', 'The guide speaks of one warehouse only.'],
    ['Noah Berg', 'Password mail never arrives', 'I have asked three times, and looked into the spam folder.'],
  ];
  for (const [name, title, text] of others) {
    const page = await people.visitor();
    await register(page, { email: newEmail('customer'), name, password: PASSWORD });
    await openTicket(page, title, text);
  }

  const customer = await people.visitor();
  await customer.setViewportSize(PHONE);
  await scheme(customer, 'light');
  await register(customer, { email: newEmail('customer'), name: 'Grace Lindqvist', password: PASSWORD });
  if (process.env.SCREENSHOTS_DIR) await picture(customer, 'empty-phone');
  await openTicket(customer, 'Cannot change the delivery date', 'We need the pallets two days earlier.\nThe field is greyed out.');
  await openTicket(customer, 'Label printer prints blank labels', 'Since this morning every label comes out blank.\nThe printer itself is fine: its test page is perfect.');

  const admin = await people.visitor();
  await admin.setViewportSize(WIDE);
  await scheme(admin, 'light');
  await logIn(admin, desk.admin);
  await admin.getByRole('link', { name: /Export stops/ }).click();
  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: 'Pending' }).click();
  await admin.getByRole('link', { name: /second warehouse/ }).click();
  await expect(conversation(admin)).toContainText('one warehouse only');
  await say(admin, 'Under Settings → Sites. I have switched it on for you.');
  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: 'Resolved' }).click();
  await admin.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'All' }).click();
  await admin.getByRole('link', { name: /Label printer/ }).click();
  await admin.getByRole('button', { name: 'Assign to me' }).click();
  await say(admin, 'Good morning Grace! Which driver version does the print dialog show?');
  await expect(conversation(customer)).toContainText('Which driver version');
  await say(customer, 'It says 8.4.1. It updated itself last night, I think.');
  await expect(conversation(admin)).toContainText('updated itself');
  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill('8.4.1 again: same as ticket 2. The vendor knows of it.');
  await admin.getByRole('button', { name: 'Add note' }).click();
  await admin.getByText('Reply', { exact: true }).click();
  await say(admin, 'That version prints blank labels on older models. Going back to 8.3.9 helps; I can do it with you now.');
  await expect(conversation(customer)).toContainText('Going back to 8.3.9');
  await customer.getByLabel('Your message').pressSequentially('Yes, please do', { delay: 300 });
  await expect(admin.getByText('Grace Lindqvist is typing…')).toBeVisible();
  await admin.mouse.move(1200, 500);

  await picture(admin, 'console');
  await picture(customer, 'conversation-phone');
  await scheme(admin, 'dark');
  await picture(admin, 'console-dark');
  await scheme(customer, 'dark');
  await customer.getByLabel('Your message').fill('');
  await picture(customer, 'conversation-phone-dark');
  if (process.env.SCREENSHOTS_DIR) {
    await admin.getByRole('button', { name: /^Notifications/ }).click();
    await expect(admin.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
    await picture(admin, 'bell-dark');
    await admin.keyboard.press('Escape');
    await scheme(admin, 'light');
    await admin.getByRole('button', { name: /^Account/ }).click();
    await expect(admin.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    await picture(admin, 'account');
    await admin.keyboard.press('Escape');
    await admin.setViewportSize(PHONE);
    await picture(admin, 'staff-ticket-phone');
    await admin.getByRole('link', { name: 'All tickets' }).click();
    await picture(admin, 'queue-phone');
    await customer.context().setOffline(true);
    await scheme(customer, 'light');
    await say(customer, 'Yes please!');
    await expect(customer.getByText('1 message is waiting to be sent.')).toBeVisible();
    await picture(customer, 'offline-phone');
    await customer.context().setOffline(false);
    await expect(customer.getByText('1 message is waiting to be sent.')).toHaveCount(0);
    await customer.getByRole('button', { name: 'Close ticket' }).click();
    await picture(customer, 'closing-phone');
    await expect(customer.getByText('This ticket is closed and takes no further messages.')).toBeVisible();
    await picture(customer, 'closed-phone');
    await customer.goto('/tickets/new');
    await picture(customer, 'new-phone');
  }

  // The notifications and the account.
  await admin.setViewportSize(WIDE);
  await scheme(admin, 'light');
  await admin.goto('/notifications');
  await expect(admin.getByRole('heading', { name: 'Today' })).toBeVisible();
  await picture(admin, 'notifications');
  await customer.setViewportSize(WIDE);
  await scheme(customer, 'dark');
  await customer.goto('/account');
  await expect(customer.getByText('This device')).toBeVisible();
  await picture(customer, 'account-dark');

  await scheme(customer, 'light');
  await customer.goto('/');
  await expect(customer.getByRole('link', { name: /Label printer/ })).toBeVisible();
  await picture(customer, 'my-tickets');

  // In German, on a phone, half filled in.
  await customer.setViewportSize(PHONE);
  await customer.evaluate(() => localStorage.setItem('deskwire.language', 'de'));
  await customer.goto('/tickets/new');
  await customer.getByLabel('Worum geht es?').fill('Etiketten bleiben leer');
  await customer.getByLabel('Was ist passiert?').fill('Seit heute Morgen druckt der Drucker nur leere Etiketten.');
  await picture(customer, 'new-ticket-phone-german');
});

test('a busy desk', async ({ browser, contextOptions }) => {
  const server = await startServer('embedded');
  try {
    await server.run(['demo', '--tickets', '1200']);
    const account = { email: newEmail('admin'), name: 'Ada Admin', password: PASSWORD };
    await createAdmin(server, account);
    const admin = await browser.newPage({ ...contextOptions, baseURL: server.url, viewport: WIDE });
    await logIn(admin, account);
    await admin.goto('/admin?view=all&q=import');
    await expect(admin.locator('mark').first()).toBeVisible();
    await admin.locator('[data-row]').nth(1).click();
    await expect(conversation(admin)).toBeVisible();
    await admin.waitForLoadState('networkidle');
    await picture(admin, 'console-search');
    await scheme(admin, 'dark');
    await admin.keyboard.press('ControlOrMeta+k');
    await admin.getByRole('dialog', { name: 'Find anything' }).getByRole('combobox').fill('invoice');
    await expect(admin.getByRole('dialog').getByRole('option').first()).toContainText(/invoice/i);
    await picture(admin, 'palette-dark');
    await scheme(admin, 'light');
    await admin.goto('/admin/dashboard');
    await expect(admin.getByRole('table', { name: 'By status, now' })).toBeVisible();
    await picture(admin, 'dashboard');
  } finally {
    await server.stop();
  }
});
