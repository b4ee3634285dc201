// Two of staff and a customer at once: what one does the others see where they look, and nobody overwrites anybody.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import { conversation, expect, openTicket, type People, setStatus, test, typeUntilSeen } from './support/desk.ts';
import { holdBackNews } from './support/news.ts';

const list = (page: Page) => page.getByRole('region', { name: 'Tickets', exact: true });
const row = (page: Page, title: string) => list(page).getByRole('listitem').filter({ hasText: title });
const view = (page: Page, name: string) => page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name });
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen tickets' });
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });

/** Where there is room for the views and the details. */
test.use({ contextOptions: { viewport: { width: 1720, height: 900 } } });

/** A word that nothing else has. */
const word = () => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;

/** How many tickets a view says that it holds. */
const count = async (page: Page, name: string) => Number(await view(page, name).locator('span').last().textContent());

/** The one who is looked at signs in last, and so knows of the other. */
async function twoOfStaff(people: People): Promise<[Page, Page]> {
  const second = await people.colleague('Ben Colleague');
  return [await people.admin(), second];
}

async function openOnBoth(pages: Page[], id: number, text: string): Promise<void> {
  for (const page of pages) {
    await page.goto(`/admin/tickets/${id}`);
    await expect(conversation(page)).toContainText(text);
  }
}

/** Holds changes of the ticket back until all of these pages have asked for one. */
async function atTheSameMoment(pages: Page[], id: number): Promise<void> {
  let waiting = pages.length;
  let letGo = () => {};
  const allAreThere = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  for (const page of pages) {
    await page.route(`**/api/v1/tickets/${id}`, async (route) => {
      if (route.request().method() !== 'PATCH') return route.fallback();
      waiting -= 1;
      if (waiting === 0) letGo();
      await allAreThere;
      await route.continue();
    });
  }
}

test('what becomes of a ticket shows in the lists of both, and in their counts', async ({ people }) => {
  const [first, second] = await twoOfStaff(people);
  const before: Record<string, number> = {};
  for (const page of [first, second]) await view(page, 'All').click();
  for (const name of ['Unassigned', 'Open', 'Closed']) {
    await expect(view(second, name).locator('span').last()).toHaveText(/^\d+$/);
    before[name] = await count(second, name);
  }

  const customer = await people.customer();
  const title = `Shared ${word()}`;
  await openTicket(customer, title, 'For whoever comes first.');
  for (const page of [first, second]) {
    await expect(row(page, title)).toContainText('Open');
    await expect.poll(() => count(page, 'Unassigned')).toBe((before.Unassigned ?? 0) + 1);
    await expect.poll(() => count(page, 'Open')).toBe((before.Open ?? 0) + 1);
  }

  // The second looks on and touches nothing.
  await row(first, title).getByRole('link').click();
  await first.getByRole('button', { name: 'Assign to me' }).click();
  await setStatus(first, 'In progress');
  for (const page of [first, second]) {
    await expect(row(page, title)).toContainText('→ Ada Admin');
    await expect(row(page, title)).toContainText('In progress');
    await expect.poll(() => count(page, 'Unassigned')).toBe(before.Unassigned);
  }
  await details(first).getByLabel('Priority').selectOption('urgent');
  await expect(row(second, title)).toContainText('Urgent');
  await details(first).getByLabel('Assigned to').selectOption('Ben Colleague');
  await expect(row(second, title)).toContainText('→ Ben Colleague');
  await expect.poll(() => count(second, 'Mine')).toBe(1);
  await setStatus(first, 'Closed');
  await expect(row(second, title)).toContainText('Closed');
  await expect.poll(() => count(second, 'Open')).toBe(before.Open);
  await expect.poll(() => count(second, 'Closed')).toBe((before.Closed ?? 0) + 1);
});

test('who joins can be given tickets, also by a colleague whose console was open before', async ({ people }) => {
  const [title, name] = [`For a newcomer ${word()}`, `Nils ${word()}`];
  const admin = await people.admin();
  const customer = await people.customer();
  await openTicket(customer, title, 'Who is free?');
  await expect(row(admin, title)).toBeVisible();
  await people.colleague(name);
  await row(admin, title).getByRole('link').click();
  await details(admin).getByLabel('Assigned to').selectOption(name);
  await expect(row(admin, title)).toContainText(`→ ${name}`);
});

test('both take a ticket at the same moment: one has it, the other is told who, and loses nothing', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Wanted ${word()}`, 'Who helps me?');
  const both = await twoOfStaff(people);
  await openOnBoth(both, id, 'Who helps me?');
  for (const page of both) await page.getByLabel('Your message').fill('I will look at it.');
  await atTheSameMoment(both, id);
  await Promise.all(both.map((page) => page.getByRole('button', { name: 'Assign to me' }).click()));

  const refused = (page: Page) => page.getByRole('alert').filter({ hasText: 'took the ticket' });
  await expect.poll(async () => (await Promise.all(both.map((page) => refused(page).count()))).join('')).toMatch(/^(01|10)$/);
  const [winner, loser] = (await refused(both[0]).count()) === 0 ? both : [both[1], both[0]];
  const name = winner === both[0] ? 'Ada Admin' : 'Ben Colleague';
  await expect(winner.getByText('Assigned to you')).toBeVisible();
  await expect(refused(loser).getByRole('listitem')).toHaveText([`${name} took the ticket`]);
  await expect(loser.getByText(`Assigned to ${name}`, { exact: true })).toBeVisible();
  await expect(conversation(loser).getByText('took the ticket')).toHaveCount(1);
  await expect(loser.getByLabel('Your message')).toHaveValue('I will look at it.');

  await refused(loser).getByRole('button', { name: 'Leave it' }).click();
  await expect(refused(loser)).toHaveCount(0);
  const { ticket } = (await callApi(loser, 'GET', `/tickets/${id}`)) as { ticket: { assignee: { name: string } } };
  expect(ticket.assignee.name).toBe(name);
  // Knowingly it can be taken over, and the one who had it sees that.
  await loser.unroute(`**/api/v1/tickets/${id}`);
  await loser.getByRole('button', { name: 'Assign to me' }).click();
  await expect(loser.getByText('Assigned to you')).toBeVisible();
  await expect(winner.getByText(/^Assigned to (Ada Admin|Ben Colleague)$/)).toBeVisible();
});

test('two who look at one ticket know of each other, and who changes what', async ({ people }) => {
  const customer = await people.customer();
  const title = `Together ${word()}`;
  const id = await openTicket(customer, title, 'Is anybody there?');
  const [first, second] = await twoOfStaff(people);
  await openOnBoth([first, second], id, 'Is anybody there?');
  await expect(first.getByText(/^Also here: .*Ben Colleague/)).toBeVisible();
  await expect(second.getByText(/^Also here: .*Ada Admin/)).toBeVisible();
  await expect(customer.getByText('Ada Admin and Ben Colleague are here')).toBeVisible();

  // Who writes a note is not seen to write.
  await second.getByText('Note', { exact: true }).click();
  await second.getByLabel('Internal note, for staff only').pressSequentially('Hm');
  await first.getByLabel('Your message').pressSequentially('Yes');
  await typeUntilSeen(first, ...[second, customer].map((page) => page.getByText('Ada Admin is typing…')));
  await expect(first.getByText('Ben Colleague is typing…')).toHaveCount(0);

  await setStatus(first, 'Pending');
  await expect(second.getByRole('button', { name: 'Status: Pending' })).toBeVisible();
  await details(first).getByLabel('Priority').selectOption('high');
  await expect(details(second).getByLabel('Priority')).toHaveValue('high');
  await first.getByRole('button', { name: 'Rename' }).click();
  await first.getByLabel('Title', { exact: true }).fill(`Better ${title}`);
  await first.getByLabel('Title', { exact: true }).press('Enter');
  await expect(second.getByRole('heading', { name: `Better ${title}` })).toBeVisible();
  for (const page of [second, customer]) {
    await expect(conversation(page)).toContainText('Ada Admin set the status to Pending');
    await expect(conversation(page)).toContainText('Ada Admin set the priority to High');
    await expect(conversation(page)).toContainText(`Ada Admin changed the title to “Better ${title}”`);
  }
  await expect(row(second, `Better ${title}`)).toContainText('Pending');
  await expect(second.getByLabel('Internal note, for staff only')).toHaveValue('Hm');

  await first.goto('/admin/dashboard');
  await expect(second.getByText(/^Also here: .*Ada Admin/)).toHaveCount(0);
  await expect(customer.getByText('Ben Colleague is here')).toBeVisible();
});

test('many that one closes are closed for the others at once, and open again when that is undone', async ({ people }) => {
  const shared = word();
  const customer = await people.customer();
  const [left, last] = [`Left alone ${shared}`, `Last ${shared}`];
  const leftId = await openTicket(customer, left, 'Not this one.');
  await openTicket(customer, last, 'This one.');
  await expect(conversation(customer)).toContainText('This one.');

  const [first, second] = await twoOfStaff(people);
  await view(second, 'All').click();
  const news = await holdBackNews(first);
  await first.goto('/admin?view=all');
  for (const title of [left, last]) await row(first, title).getByRole('checkbox').check();
  // One of them is changed meanwhile, and that has not come yet.
  news.hold();
  await second.goto(`/admin/tickets/${leftId}?view=all`);
  await setStatus(second, 'In progress');
  await chosen(first).getByRole('button', { name: 'Close', exact: true }).click();

  await expect(first.getByText('1 ticket changed')).toBeVisible();
  const outcome = first.getByRole('status').filter({ hasText: '1 ticket changed' });
  await expect(outcome).toContainText(`#${leftId} was left alone: somebody changed it meanwhile.`);
  await expect(row(second, last)).toContainText('Closed');
  await expect(customer.getByText('This ticket is closed.', { exact: true })).toBeVisible();
  await expect(conversation(customer)).toContainText('Ada Admin closed the ticket');
  await expect(row(second, left)).toContainText('In progress');

  // The way to it keeps the list, and what became of the change, with the way back.
  await outcome.getByRole('link', { name: `#${leftId}` }).click();
  await expect(first).toHaveURL(new RegExp(`/admin/tickets/${leftId}\\?view=all$`));
  await view(first, 'Closed').click();
  await expect(row(first, last)).toBeVisible();
  await expect(outcome).toBeVisible();
  await first.getByRole('button', { name: 'Undo' }).click();
  await expect(first.getByText('1 ticket put back')).toBeVisible();
  await expect(row(second, last)).toContainText('Open');
  await expect(customer.getByLabel('Your message')).toBeVisible();
  await expect(row(second, left)).toContainText('In progress');
});
