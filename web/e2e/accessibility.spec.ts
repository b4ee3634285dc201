// axe finds nothing: on no page, in neither colour scheme, neither wide nor on a phone.
import { expectNoFindings } from './support/axe.ts';
import {
  conversation,
  devices,
  expect,
  logIn,
  message,
  newEmail,
  openAccount,
  openTicket,
  PASSWORD,
  register,
  say,
  test,
} from './support/desk.ts';

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

test('the account page', async ({ people }) => {
  const account = { email: newEmail('customer'), name: 'Cora Customer', password: PASSWORD };
  const other = await people.visitor();
  await register(other, account);
  const page = await people.visitor();
  await logIn(page, account);
  await openAccount(page);
  await expect(devices(page).getByRole('listitem')).toHaveCount(2);
  await expectNoFindings(page, 'account');
  const form = page.getByRole('region', { name: 'Password' });
  await form.getByLabel('New password').fill('password123');
  await expect(form.getByRole('meter')).toBeVisible();
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByText('Please fill this in.')).toBeVisible();
  await expectNoFindings(page, 'account with errors');
  await devices(page).getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoFindings(page, 'question');
});

test('the page of a reset link', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/reset#token=nonsense');
  await page.getByLabel('New password').fill(PASSWORD);
  await expect(page.getByRole('meter')).toBeVisible();
  await expectNoFindings(page, 'reset');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoFindings(page, 'reset with a bad link');
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
