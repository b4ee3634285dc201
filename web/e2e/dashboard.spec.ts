// The dashboard: its figures are those of the tickets, the address keeps the period, and a table says what the chart shows.
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, message, openTicket, say, setStatus, test } from './support/desk.ts';

/** The card with this label. */
function card(page: Page, label: string) {
  return page.locator('dl > div').filter({ has: page.getByRole('term').getByText(label, { exact: true }) });
}

async function amount(page: Page, label: string): Promise<number> {
  return Number(await card(page, label).getByRole('definition').first().innerText());
}

async function openDashboard(page: Page, search = ''): Promise<void> {
  await page.goto(`/admin/dashboard${search}`);
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Right now' })).toBeVisible();
}

test('figures follow the tickets', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'Counted first', 'One.');
  const admin = await people.admin();
  await openDashboard(admin, '?range=7d');
  const labels = ['Opened', 'Closed', 'Open', 'Unassigned', 'Waiting for us'] as const;
  const before = await Promise.all(labels.map((label) => amount(admin, label)));
  // This one is answered and closed, the other left.
  await openTicket(customer, 'Counted second', 'Two.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('One.');
  await say(admin, 'Answered.');
  await expect(message(admin, 'Answered.').getByText('Sent', { exact: true })).toBeVisible();
  await setStatus(admin, 'Closed');

  await openDashboard(admin, '?range=7d');
  const after = await Promise.all(labels.map((label) => amount(admin, label)));
  const added = labels.map((label, place) => [label, (after[place] ?? 0) - (before[place] ?? 0)]);
  expect(Object.fromEntries(added)).toEqual({ Opened: 1, Closed: 1, Open: 0, Unassigned: 0, 'Waiting for us': 0 });
  await expect(card(admin, 'Opened')).toContainText(`+${after[0]} more`);
  await expect(card(admin, 'First response')).toContainText(/Half within\s*\d+ (s|min)/);
  await expect(card(admin, 'Time to resolution')).toContainText(/90% within\s*\d+ (s|min)/);
  await expect(admin.getByText(`${after[0]} opened and ${after[1]} closed.`)).toBeVisible();

  // By category, in the order that the reader wants.
  const categories = admin.getByRole('table', { name: 'By category' });
  await expect(categories.getByRole('columnheader', { name: 'Opened' })).toHaveAttribute('aria-sort', 'descending');
  await categories.getByRole('button', { name: 'Category' }).click();
  await expect(categories.getByRole('columnheader', { name: 'Category' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(categories.getByRole('row', { name: 'Without category' })).toBeVisible();
  await expect(admin.getByRole('table', { name: 'By assignee' }).getByRole('row')).not.toHaveCount(1);

  // What is so now leads to those tickets.
  await admin.getByRole('table', { name: 'By status, now' }).getByRole('link', { name: 'Closed' }).click();
  await expect(admin.getByRole('link', { name: 'Counted first' })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Counted second' })).toHaveCount(0);
  await admin.goBack();
  await admin.getByRole('link', { name: /^Unassigned: \d+/ }).click();
  await expect(admin).toHaveURL(/\/admin\?view=unassigned$/);
  await expect(admin.getByRole('link', { name: 'Counted second' })).toBeVisible();
});

test('a table says what the chart shows, for good if one wants that', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'Charted', 'A bar, please.');
  const admin = await people.admin();
  await openDashboard(admin, '?range=7d');
  const opened = await amount(admin, 'Opened');
  const closed = await amount(admin, 'Closed');
  const table = admin.getByRole('table', { name: 'Opened and closed by day' });
  await expect(table).toHaveCount(0);
  await admin.getByRole('switch', { name: 'Show as table' }).click();
  // The head and seven days, the last of which is today.
  await expect(table.getByRole('row')).toHaveCount(8);
  const cells = table.getByRole('row').last().getByRole('cell');
  await expect(cells).toHaveText([String(opened), String(closed)]);
  await admin.reload();
  await expect(table).toBeVisible();
  await admin.getByLabel('Period', { exact: true }).selectOption('Last 90 days');
  await expect(admin.getByRole('table', { name: 'Opened and closed by week' }).getByRole('row')).toHaveCount(14);
});

test('the period is in the address', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'In a period', 'Today.');
  const admin = await people.admin();
  await openDashboard(admin);
  const period = admin.getByLabel('Period', { exact: true });
  await expect(period).toHaveValue('30d');
  await period.selectOption('Last 90 days');
  await expect(admin).toHaveURL(/\?range=90d$/);
  await admin.reload();
  await expect(period).toHaveValue('90d');

  await period.selectOption('From … to …');
  await admin.getByLabel('From', { exact: true }).fill('2020-03-05');
  await admin.getByLabel('To', { exact: true }).fill('2020-03-01');
  await admin.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(admin.getByText('The last day comes before the first.')).toBeVisible();
  await expectNoFindings(admin, 'a period that is none');
  await admin.getByLabel('To', { exact: true }).fill('2020-03-08');
  await admin.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(admin).toHaveURL(/\?from=2020-03-05&to=2020-03-08$/);
  await expect(admin.getByRole('heading', { name: 'No tickets in this period' })).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole('heading', { name: /5\s–\s8\b.*2020/ })).toBeVisible();
  await expect(admin.getByText(/^Compared with .*1\s–\s4\b.*2020$/)).toBeVisible();
  await expectNoFindings(admin, 'an empty period');
});

test('figures that cannot be had are asked for again', async ({ people }) => {
  const admin = await people.admin();
  await admin.route('**/api/v1/stats*', (route) => route.abort());
  await admin.goto('/admin/dashboard');
  await expect(admin.getByRole('alert').getByRole('heading', { name: 'Could not load the figures' })).toBeVisible();
  await expectNoFindings(admin, 'no figures');
  await admin.unroute('**/api/v1/stats*');
  await admin.getByRole('button', { name: 'Try again' }).click();
  await expect(admin.getByText(/^As of /)).toBeVisible();
});

test('everybody can read it', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'Readable', 'For all?');
  const admin = await people.admin();
  await admin.goto(`/admin/tickets/${id}`);
  await say(admin, 'Yes.');
  await expect(conversation(customer)).toContainText('Yes.');
  await setStatus(admin, 'Resolved');
  await openDashboard(admin);
  await expect(admin.getByRole('table', { name: 'By category' })).toBeVisible();
  await expectNoFindings(admin, 'dashboard');
  await admin.getByRole('switch', { name: 'Show as table' }).click();
  await expect(admin.getByRole('table', { name: 'Opened and closed by day' })).toBeVisible();
  await expectNoFindings(admin, 'dashboard as tables');
});

test('customers have no dashboard', async ({ people }) => {
  const customer = await people.customer();
  await customer.goto('/admin/dashboard');
  await expect(customer.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});
