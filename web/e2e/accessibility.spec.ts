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
  setStatus,
  test,
} from './support/desk.ts';
import { holdBackNews } from './support/news.ts';

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

test("the parts of staff's console", async ({ people }) => {
  test.setTimeout(180_000);
  const customer = await people.customer();
  const ids: number[] = [];
  for (const title of ['Within reach', 'Within sight']) ids.push(await openTicket(customer, title, 'Hello?'));
  const page = await people.admin();
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.goto('/admin?view=all');
  const row = page.getByRole('listitem').filter({ hasText: 'Within reach' });
  await expect(row).toBeVisible();
  const tools = page.getByRole('button', { name: 'Views and filters' });
  await tools.click();
  await expect(page.getByLabel('Sort by')).toBeVisible();
  await expectNoFindings(page, 'filters open');
  await page.getByLabel('Priority').selectOption('low');
  await expect(page.getByRole('heading', { name: 'No ticket matches' })).toBeVisible();
  await expectNoFindings(page, 'no match');
  await page.goto('/admin?view=all&q=nobody-wrote-this');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await expectNoFindings(page, 'nothing found');

  await page.goto('/admin?view=all');
  await row.getByRole('checkbox').check();
  await page.getByRole('region', { name: 'Chosen tickets' }).getByRole('button', { name: 'Set priority' }).click();
  await expect(page.getByRole('menuitem', { name: 'Urgent' })).toBeVisible();
  await expectNoFindings(page, 'menu of a change of many');
  await page.getByRole('menuitem', { name: 'Urgent' }).click();
  await expect(page.getByText('1 ticket changed')).toBeVisible();
  await expectNoFindings(page, 'outcome of a change of many');

  await page.goto(`/admin/tickets/${ids[0]}`);
  await expect(conversation(page)).toContainText('Hello?');
  await page.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('link', { name: 'Within sight' })).toBeVisible();
  await expectNoFindings(page, 'details open');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Title', { exact: true }).fill('');
  await expectNoFindings(page, 'a title that is none');
  await page.keyboard.press('Escape');

  // A colleague was faster, and this page had not heard of it.
  const news = await holdBackNews(page);
  await page.reload();
  await expect(conversation(page)).toContainText('Hello?');
  news.hold();
  const colleague = await people.colleague();
  await colleague.goto(`/admin/tickets/${ids[0]}`);
  await setStatus(colleague, 'Resolved');
  await page.getByRole('button', { name: /^Status: / }).click();
  await page.getByRole('menuitemradio', { name: 'Pending' }).click();
  const refused = page.getByRole('alert').filter({ hasText: 'Bea Colleague set the status to Resolved' });
  await expect(refused).toBeVisible();
  await expectNoFindings(page, 'a refused change');
  await page.goto('/admin/tickets/999999999');
  await expect(page.getByRole('heading', { name: 'Could not open this ticket' })).toBeVisible();
  await expectNoFindings(page, 'a ticket that is not there');
});
