// What a customer does with tickets: open, close with second thoughts, follow up; and when both sides act at once.
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { stopClock, turnBackClock } from './support/clock.ts';
import { conversation, expect, logIn, message, newEmail, openTicket, PASSWORD, say, test } from './support/desk.ts';
import { holdBackNews } from './support/news.ts';

const closeButton = (page: Page) => page.getByRole('button', { name: 'Close ticket' });
const undoButton = (page: Page) => page.getByRole('button', { name: 'Undo' });
const staleNotice = (page: Page) => page.getByRole('alert').filter({ hasText: 'Something happened since you looked:' });

async function expectClosed(page: Page): Promise<void> {
  await expect(page.getByText('This ticket is closed.', { exact: true })).toBeVisible();
}

test('from the sign-up to the first ticket in one go', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await page.getByLabel('E-mail').fill(newEmail('first'));
  await page.getByLabel('Name').fill('Fiona First');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('No tickets yet')).toBeVisible();
  await page.getByRole('link', { name: 'New ticket' }).click();
  await expect(page.getByRole('heading', { name: 'New ticket' })).toBeFocused();

  expect(await page.locator('form [required]').count()).toBeLessThanOrEqual(3);
  await page.getByLabel('What is it about?').fill('The lift is stuck');
  await page.getByLabel('What happened?').fill('On the third floor, since noon.');
  await page.getByLabel('How urgent is it?').selectOption({ label: 'Urgent – I cannot work' });
  await page.getByLabel('What happened?').press('ControlOrMeta+Enter');

  // It goes by itself, and the ticket may take longer to come.
  const told = await page.getByText(/^Ticket #\d+ is open$/).innerText();
  const heading = page.getByRole('heading', { name: /^The lift is stuck #\d+$/ });
  await expect(heading).toBeFocused();
  const number = /#\d+/.exec(await heading.innerText())?.[0] ?? 'no number';
  expect(told).toBe(`Ticket ${number} is open`);
  await expect(page.locator('main header')).toContainText('Urgent');
  await expect(conversation(page)).toContainText('On the third floor, since noon.');

  await page.getByRole('link', { name: 'My tickets' }).click();
  const row = page.getByRole('link', { name: 'The lift is stuck' });
  await expect(row).toContainText('Urgent');
  await expect(row).toContainText('We have your ticket and will answer as soon as we can.');
});

test('a new ticket in the making survives a reload, until it is opened or its writer signs out', async ({ people }) => {
  const page = await people.customer();
  await page.goto('/tickets/new');
  await page.getByLabel('What is it about?').fill('Half a thought');
  await page.getByLabel('What happened?').fill('It began when');
  await page.getByLabel('How urgent is it?').selectOption('low');
  await page.reload();
  await expect(page.getByLabel('What is it about?')).toHaveValue('Half a thought');
  await expect(page.getByLabel('What happened?')).toHaveValue('It began when');
  await expect(page.getByLabel('How urgent is it?')).toHaveValue('low');
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(page.getByRole('heading', { name: 'Half a thought' })).toBeVisible();
  await page.goto('/tickets/new');
  await expect(page.getByLabel('What is it about?')).toHaveValue('');

  await page.getByLabel('What is it about?').fill('Not for others');
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Not for others');
});

test('a follow-up and what it follows', async ({ people }) => {
  const page = await people.customer();
  const id = await openTicket(page, 'Blank labels', 'All of them.');
  await closeButton(page).click();
  await expectClosed(page);
  await page.getByRole('link', { name: 'Open a follow-up' }).click();
  await expect(page.getByRole('link', { name: `Follow-up of #${id}` })).toBeVisible();
  await expect(page.getByText(`Follow-up of #${id}: Blank labels`)).toBeVisible();
  await expect(page.getByLabel('What is it about?')).toHaveValue('Follow-up: Blank labels');
  await page.getByLabel('What happened?').fill('They are blank again.');
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(page.getByRole('heading', { name: 'Follow-up: Blank labels' })).toBeVisible();

  await page.getByRole('link', { name: 'My tickets' }).click();
  await expect(page.getByRole('link', { name: 'Follow-up: Blank labels' })).toContainText(`Follow-up of #${id}`);
  // What is over is apart from what goes on.
  await expect(page.locator(`a[href="/tickets/${id}"]`)).toHaveCount(0);
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  await expect(page).toHaveURL(/\?show=closed$/);
  await expect(page.locator(`a[href="/tickets/${id}"]`)).toBeVisible();
  await page.getByRole('link', { name: 'Current', exact: true }).click();
  await page.getByRole('link', { name: 'Follow-up: Blank labels' }).click();
  await page.getByRole('link', { name: `Follow-up of #${id}` }).click();
  await expect(page.getByRole('heading', { name: `Blank labels #${id}` })).toBeVisible();
});

test('closing can be undone, and survives going to another page and a reload', async ({ people }) => {
  const page = await people.customer();
  await page.clock.install();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/status')) sent.push(request.url());
  });
  const first = await openTicket(page, 'Closed from afar', 'First.');
  await stopClock(page);
  await closeButton(page).click();
  await undoButton(page).click();
  await expect(closeButton(page)).toBeFocused();
  await page.clock.runFor(60_000);
  await expect(closeButton(page)).toBeVisible();
  expect(sent).toEqual([]);

  await closeButton(page).click();
  await page.getByRole('link', { name: 'My tickets' }).click();
  await expect(page).toHaveURL(/\/$/);
  expect(sent).toEqual([]);
  await page.clock.resume();
  await expect(page.getByText('No current tickets')).toBeVisible();
  expect(sent).toHaveLength(1);
  await page.goto(`/tickets/${first}`);
  await expectClosed(page);

  const second = await openTicket(page, 'Closed after a reload', 'First.');
  await stopClock(page);
  await closeButton(page).click();
  await turnBackClock(page);
  await page.reload();
  await page.clock.resume();
  // The time to undo goes on.
  await expect(undoButton(page)).toBeVisible();
  await page.clock.fastForward(70_000);
  await expectClosed(page);

  // Also where the ticket is not on the screen.
  const third = await openTicket(page, 'Closed after a reload elsewhere', 'First.');
  await stopClock(page);
  await closeButton(page).click();
  await turnBackClock(page);
  await page.goto('/');
  await page.clock.resume();
  await expect(page.getByRole('link', { name: 'Closed after a reload elsewhere' })).toBeVisible();
  await page.clock.fastForward(70_000);
  await expect(page.getByRole('link', { name: 'Closed after a reload elsewhere' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  for (const id of [second, third]) await expect(page.locator(`a[href="/tickets/${id}"]`)).toBeVisible();
});

test('a customer who closes what has just been answered is shown the answer first', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  await customer.clock.install();
  const id = await openTicket(customer, `Answered meanwhile ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  /** Answers within the seconds before the closing is sent. */
  const answerInTime = async (text: string) => {
    await stopClock(customer);
    await closeButton(customer).click();
    await say(admin, text);
    await expect(message(admin, text).getByText(/^(Sent|Seen)$/)).toBeVisible();
    await customer.clock.resume();
  };
  await answerInTime('One question before you close it');
  await expect(staleNotice(customer)).toContainText('Ada Admin: One question before you close it');
  await expect(closeButton(customer)).toBeFocused();
  await expectNoFindings(customer, 'stale close');
  await staleNotice(customer).getByRole('button', { name: 'Leave it' }).click();
  await expect(staleNotice(customer)).toHaveCount(0);
  await expect(customer.getByRole('heading', { level: 1 })).toBeFocused();

  await answerInTime('Are you sure?');
  await staleNotice(customer).getByRole('button', { name: 'Close anyway' }).click();
  await expectClosed(customer);
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();
});

test('a change by staff that comes too late is refused with what was missed', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Two at once ${Date.now()}`, 'First.');
  const admin = await people.admin();
  const colleague = await people.admin();
  const news = await holdBackNews(admin);
  for (const page of [admin, colleague]) {
    await page.goto(`/admin/tickets/${id}`);
    await expect(conversation(page)).toContainText('First.');
  }

  news.hold();
  await say(customer, 'It works again by itself');
  await expect(conversation(colleague)).toContainText('It works again by itself');
  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: 'In progress' }).click();
  await expect(staleNotice(admin)).toContainText('Cora Customer: It works again by itself');
  await expect(admin.getByRole('button', { name: 'Status: Open' })).toBeFocused();
  await staleNotice(admin).getByRole('button', { name: 'Set to “In progress” anyway' }).click();
  await expect(staleNotice(admin)).toHaveCount(0);
  await expect(admin.getByRole('button', { name: 'Status: In progress' })).toBeVisible();
  await expect(customer.getByText('In progress', { exact: true })).toBeVisible();
});

test('taking a ticket that a colleague has just taken', async ({ people, desk }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Wanted by both ${Date.now()}`, 'First.');
  const other = { email: newEmail('admin'), name: 'Bea Colleague', password: PASSWORD };
  const args = ['admin', 'create', '--email', other.email, '--name', other.name, '--password-stdin'];
  await desk.server.run(args, other.password);
  const admin = await people.admin();
  const colleague = await people.visitor();
  await logIn(colleague, other);

  const news = await holdBackNews(admin);
  for (const page of [admin, colleague]) {
    await page.goto(`/admin/tickets/${id}`);
    await expect(conversation(page)).toContainText('First.');
  }
  news.hold();
  await colleague.getByRole('button', { name: 'Assign to me' }).click();
  await expect(colleague.getByText('Assigned to you')).toBeVisible();
  await admin.getByRole('button', { name: 'Assign to me' }).click();
  await expect(staleNotice(admin)).toContainText('Bea Colleague took the ticket');
  await staleNotice(admin).getByRole('button', { name: 'Assign to me anyway' }).click();
  await expect(admin.getByText('Assigned to you')).toBeVisible();
  await expect(colleague.getByText('Assigned to Ada Admin')).toBeVisible();
});
