// Staff's list: live, narrowed by the address, searched, and changed many at a time. Notes stay among staff.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, goOffline, message, openTicket, say, setStatus, test } from './support/desk.ts';

const list = (page: Page) => page.getByRole('region', { name: 'Tickets', exact: true });
const row = (page: Page, title: string) => list(page).getByRole('listitem').filter({ hasText: title });
const view = (page: Page, name: string) => page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name });

/** Where there is room for the views and the details. */
test.use({ contextOptions: { viewport: { width: 1720, height: 900 } } });

/** A word that nothing else has. */
const word = () => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;

test('what narrows the list is in the address, and a reload keeps it', async ({ people }) => {
  const [urgent, other] = [`Urgent ${word()}`, `Other ${word()}`];
  const customer = await people.customer();
  await customer.goto('/tickets/new');
  await customer.getByLabel('How urgent is it?').selectOption('urgent');
  await customer.getByLabel('What is it about?').fill(urgent);
  await customer.getByLabel('What happened?').fill('All of it.');
  await customer.getByRole('button', { name: 'Open ticket' }).click();
  await expect(customer.getByRole('heading', { name: urgent })).toBeVisible();
  await openTicket(customer, other, 'A little.');

  const admin = await people.admin();
  await expect(row(admin, other)).toBeVisible();
  await admin.getByLabel('Priority').selectOption('urgent');
  await expect(row(admin, urgent)).toBeVisible();
  await expect(row(admin, other)).toHaveCount(0);
  await expect(admin).toHaveURL(/priority=urgent/);
  await admin.reload();
  await expect(row(admin, urgent)).toBeVisible();
  await expect(row(admin, other)).toHaveCount(0);

  // A ticket keeps the list beside it, and the view keeps what narrows it.
  await row(admin, urgent).getByRole('link').click();
  await expect(conversation(admin)).toContainText('All of it.');
  const parts = admin.getByRole('navigation', { name: 'Administration' });
  await expect(parts.locator('[aria-current="page"]')).toHaveText('Tickets');
  await view(admin, 'All').click();
  await expect(admin).toHaveURL(/priority=urgent.*view=all/);
  await expect(row(admin, other)).toHaveCount(0);
  await admin.getByRole('button', { name: 'Clear filters' }).click();
  await expect(row(admin, other)).toBeVisible();
  await admin.getByLabel('Sort by').selectOption('priority');
  await expect(list(admin).getByRole('listitem').first()).toContainText('Urgent');
  await expectNoFindings(admin, 'console with filters');
});

test('one filter after the other, however fast, narrows by both', async ({ people }) => {
  const [shared, name] = [word(), `Fiona ${word()}`];
  const [customer, other] = [await people.customer(name), await people.customer('Other Otto')];
  await openTicket(customer, `Hers ${shared}`, 'Mine.');
  await openTicket(other, `His ${shared}`, 'Mine, too.');
  const admin = await people.admin();
  await admin.goto('/admin?view=all&priority=urgent');
  await expect(admin.getByRole('status').filter({ hasText: /\d+ tickets? listed/ })).toBeAttached();
  await expect(admin.getByLabel('Priority')).toHaveValue('urgent');
  await expect(row(admin, `Hers ${shared}`)).toHaveCount(0);

  // Both before the page has drawn what comes of the first.
  await admin.evaluate(() => {
    const choose = (select: HTMLSelectElement, value: string) => {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const labelled = (text: string) => {
      const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === text);
      return document.getElementById(label?.htmlFor ?? '') as HTMLSelectElement;
    };
    choose(labelled('Priority'), '');
    choose(labelled('Sort by'), 'created');
  });
  await expect(admin).toHaveURL(/\/admin\?view=all&sort=created$/);
  await expect(admin.getByLabel('Priority')).toHaveValue('');
  await expect(row(admin, `Hers ${shared}`)).toBeVisible();

  // By customer, too, who is found by a part of the name.
  await admin.getByRole('combobox', { name: 'Customer' }).fill(name.toLowerCase());
  await admin.getByRole('option', { name }).click();
  await expect(row(admin, `His ${shared}`)).toHaveCount(0);
  await expect(row(admin, `Hers ${shared}`)).toBeVisible();
  await expect(admin.getByText('All, 1 filter')).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole('combobox', { name: 'Customer' })).toHaveValue(new RegExp(`^${name}`));
  await expectNoFindings(admin, 'console with a customer');
  await admin.getByRole('button', { name: 'Clear filters' }).press('Enter');
  await expect(row(admin, `His ${shared}`)).toBeVisible();
  await expect(admin.getByLabel('Sort by')).toBeFocused();
});

test('new tickets wait above a list that is held', async ({ people }) => {
  const customer = await people.customer();
  const shared = word();
  await openTicket(customer, `First ${shared}`, 'Here.');
  const admin = await people.admin();
  const first = row(admin, `First ${shared}`);
  await first.hover();
  const top = async () => (await first.boundingBox())?.y ?? 0;
  const before = await top();
  await openTicket(customer, `Second ${shared}`, 'Here, too.');
  const pill = admin.getByRole('button', { name: '1 new' });
  await expect(pill).toBeVisible();
  expect(await top()).toBe(before);
  await pill.click();
  await expect(row(admin, `Second ${shared}`)).toBeVisible();
  await expect(admin.locator('[data-shortcut="list"]')).toBeFocused();
  await expect.poll(top).toBeGreaterThan(before);
});

test('counts and rows follow what happens', async ({ people }) => {
  const admin = await people.admin();
  await view(admin, 'Unassigned').click();
  const count = async () => Number(await view(admin, 'Unassigned').locator('span').last().textContent());
  await expect(view(admin, 'Unassigned').locator('span').last()).toHaveText(/^\d+$/);
  const before = await count();

  const customer = await people.customer();
  const title = `Counted ${word()}`;
  await openTicket(customer, title, 'One more.');
  await expect(row(admin, title)).toBeVisible();
  await expect.poll(count).toBe(before + 1);

  const colleague = await people.colleague('Bea Colleague');
  await colleague.getByRole('link', { name: title }).click();
  await colleague.getByRole('button', { name: 'Assign to me' }).click();
  await expect(row(admin, title)).toHaveCount(0);
  await expect.poll(count).toBe(before);
});

test('two of staff take one ticket: the second is told of the first', async ({ people }) => {
  const customer = await people.customer();
  const title = `Contested ${word()}`;
  const id = await openTicket(customer, title, 'Who takes it?');
  const [first, second] = [await people.admin(), await people.colleague('Ben Colleague')];
  for (const page of [first, second]) {
    await page.goto(`/admin/tickets/${id}`);
    await expect(conversation(page)).toContainText('Who takes it?');
  }
  // What the second hears of it comes too late.
  await goOffline(second);
  await first.getByRole('button', { name: 'Assign to me' }).click();
  await expect(first.getByText('Assigned to you')).toBeVisible();
  await second.context().setOffline(false);
  await expect(second.getByText('Assigned to Ada Admin')).toBeVisible();

  // A colleague's change shows who and what, in the conversation and at its place.
  const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
  await details(second).getByLabel('Priority').selectOption('high');
  await expect(conversation(first)).toContainText('Ben Colleague');
  await expect(details(first).getByLabel('Priority')).toHaveValue('high');
});

test('many tickets are closed at once, and put back', async ({ people }) => {
  const shared = word();
  const customer = await people.customer();
  const titles = [1, 2, 3].map((place) => `Bulk ${place} ${shared}`);
  for (const title of titles) await openTicket(customer, title, 'Close me.');

  const admin = await people.admin();
  for (const title of titles) await row(admin, title).getByRole('checkbox').check();
  await expect(admin.getByText('3 chosen')).toBeVisible();
  await expectNoFindings(admin, 'console with chosen tickets');
  await admin.getByRole('region', { name: 'Chosen tickets' }).getByRole('button', { name: 'Close' }).click();
  await expect(admin.getByText('3 tickets changed')).toBeVisible();
  // They leave the view of those that are not closed.
  for (const title of titles) await expect(row(admin, title)).toHaveCount(0);

  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('3 tickets put back')).toBeVisible();
  for (const title of titles) await expect(row(admin, title).getByText('Open', { exact: true })).toBeVisible();
  await admin.getByRole('button', { name: 'Done' }).click();
  await expect(admin.getByRole('region', { name: /^(Chosen|Changed) tickets$/ })).toHaveCount(0);
});

test('what fails on the way to many tickets is tried again, and all of it can be put back', async ({ people }) => {
  const shared = word();
  const customer = await people.customer();
  const titles = ['First', 'Second'].map((place) => `${place} ${shared}`);
  for (const title of titles) await openTicket(customer, title, 'Close me.');
  const admin = await people.admin();
  for (const title of titles) await row(admin, title).getByRole('checkbox').check();
  // The network takes one of them, once.
  await admin.route('**/api/v1/tickets/*/status', (route) => route.abort(), { times: 1 });
  await admin.getByRole('region', { name: 'Chosen tickets' }).getByRole('button', { name: 'Close' }).click();
  const outcome = admin.getByRole('region', { name: 'Changed tickets' });
  await expect(outcome.getByText('1 ticket changed')).toBeVisible();
  await expect(outcome).toBeFocused();
  await outcome.getByRole('button', { name: 'Try again' }).click();
  await expect(outcome.getByText('2 tickets changed')).toBeVisible();
  for (const title of titles) await expect(row(admin, title)).toHaveCount(0);
  await outcome.getByRole('button', { name: 'Undo' }).click();
  await expect(outcome.getByText('2 tickets put back')).toBeVisible();
  for (const title of titles) await expect(row(admin, title).getByText('Open', { exact: true })).toBeVisible();
});

test('a change of many leaves alone what a colleague has just changed', async ({ people }) => {
  const customer = await people.customer();
  const title = `Crossing ${word()}`;
  const id = await openTicket(customer, title, 'Wait.');
  const admin = await people.admin();
  await row(admin, title).getByRole('checkbox').check();
  await expect(admin.getByText('1 chosen')).toBeVisible();
  // The console's last word of it is from before.
  await admin.routeWebSocket(/ws$/, () => undefined);
  await goOffline(admin);
  const colleague = await people.colleague('Bea Colleague');
  await colleague.goto(`/admin/tickets/${id}`);
  await setStatus(colleague, 'In progress');
  await admin.route('**/api/v1/tickets?*', (route) => route.abort());
  await admin.context().setOffline(false);
  await admin.getByRole('region', { name: 'Chosen tickets' }).getByRole('button', { name: 'Close' }).click();
  await expect(admin.getByText('was left alone: somebody changed it meanwhile.')).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'Status: In progress' })).toBeVisible();
});

test('a search finds words in titles, messages and notes, and shows where', async ({ people }) => {
  const [inTitle, inNote] = [word(), word()];
  const customer = await people.customer();
  const id = await openTicket(customer, `About ${inTitle}`, 'The machine hums.');
  const admin = await people.admin();
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('hums');
  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill(`Between us: ${inNote}.`);
  await admin.getByRole('button', { name: 'Add note' }).click();
  await expect(message(admin, inNote).getByText('Internal note')).toBeVisible();

  const search = admin.getByRole('searchbox', { name: 'Search' });
  for (const [text, marked] of [
    [inTitle.slice(0, 9), inTitle],
    [inNote.toUpperCase(), inNote],
  ] as const) {
    await search.fill(text);
    await expect(list(admin).locator('mark', { hasText: marked })).toBeVisible();
    await expect(list(admin).getByRole('listitem')).toHaveCount(1);
  }
  await expectNoFindings(admin, 'console with a search');
  await search.fill(`${inNote} nowhere`);
  await expect(admin.getByText('Nothing found', { exact: true })).toBeVisible();
  await admin.route('**/api/v1/search?**', (route) => route.fulfill({ json: { items: [], truncated: true } }), { times: 1 });
  await search.fill(`${inNote} somewhere`);
  await expect(admin.getByText('Nothing found so far')).toBeVisible();
  await search.press('Escape');
  await expect(row(admin, inTitle)).toBeVisible();
});

test('what a search has found follows what happens to it', async ({ people }) => {
  const title = `Found ${word()}`;
  const customer = await people.customer();
  await openTicket(customer, title, 'Look for me.');
  const admin = await people.admin();
  await admin.getByRole('searchbox', { name: 'Search' }).fill(title);
  await expect(list(admin).locator('mark').first()).toBeVisible();
  await expect(row(admin, title).getByLabel('1 unread message')).toBeVisible();
  await row(admin, title).getByRole('link').click();
  await expect(conversation(admin)).toContainText('Look for me.');
  await expect(row(admin, title).getByLabel('1 unread message')).toHaveCount(0);
  await setStatus(admin, 'In progress');
  await expect(row(admin, title).getByText('In progress', { exact: true })).toBeVisible();
  await customer.getByRole('button', { name: 'Close ticket' }).click();
  await expect(row(admin, title).getByText('Closed', { exact: true })).toBeVisible({ timeout: 15_000 });
});

test('a list that could not be fetched after a gap is fetched again by itself', async ({ people }) => {
  const [known, title] = [`Known ${word()}`, `Missed ${word()}`];
  const customer = await people.customer();
  await openTicket(customer, known, 'Everybody heard of it.');
  const admin = await people.admin();
  await expect(row(admin, known)).toBeVisible();
  const lists = '**/api/v1/tickets?*';
  await admin.route(lists, (route) => route.abort());
  await goOffline(admin);
  await openTicket(customer, title, 'Nobody heard of it.');
  await admin.context().setOffline(false);
  // The connection is back, the list is not.
  const banner = admin.getByRole('status').filter({ hasText: 'Catching up…' });
  await expect(banner.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectNoFindings(admin, 'console with a list that is not refreshed');
  await admin.unroute(lists);
  await banner.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(row(admin, title)).toBeVisible();
  await expect(banner).toHaveCount(0);
  // The button has gone, the focus has not.
  await expect(admin.locator('main > [role="status"]')).toBeFocused();
});

test('a customer whose account cannot be had is asked for again at a button', async ({ people }) => {
  const title = `Whose ${word()}`;
  const customer = await people.customer('Nora Nobody');
  const id = await openTicket(customer, title, 'Who am I?');
  const admin = await people.admin();
  const accounts = /\/api\/v1\/users\/\d+(\/sessions)?$/;
  await admin.route(accounts, (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }));
  await admin.goto(`/admin/tickets/${id}`);
  const card = admin.getByRole('region', { name: 'Customer' });
  await expect(card.getByText('Could not load all of this.')).toBeVisible();
  await admin.unroute(accounts);
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card.getByText(/@example\.org$/)).toBeVisible();
  await expect(card.getByRole('alert')).toHaveCount(0);
});

test('a note reaches a colleague, and neither the page of the customer nor its network', async ({ people }) => {
  const secret = word();
  const customer = await people.customer();
  const heard: string[] = [];
  customer.on('response', (response) => {
    if (response.url().includes('/api/')) void response.text().then((text) => heard.push(text), () => undefined);
  });
  customer.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  const id = await openTicket(customer, `Watched ${word()}`, 'Anything?');
  // The socket of the sign-up was opened before anybody listened.
  await customer.reload();
  await expect(conversation(customer)).toContainText('Anything?');

  const admin = await people.admin();
  const colleague = await people.colleague();
  for (const page of [colleague, admin]) await page.goto(`/admin/tickets/${id}`);
  await expect(conversation(colleague)).toContainText('Anything?');
  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill(`Not for them: ${secret}`);
  await admin.getByRole('button', { name: 'Add note' }).click();
  for (const page of [admin, colleague]) await expect(message(page, secret).getByText('Internal note')).toBeVisible();
  await admin.getByText('Reply', { exact: true }).click();
  await say(admin, 'This is for you.');
  await expect(conversation(customer)).toContainText('This is for you.');

  // Live, replayed, listed and told.
  await customer.reload();
  await expect(conversation(customer)).toContainText('This is for you.');
  await expect(customer.getByText(secret)).toHaveCount(0);
  await customer.goto('/');
  await customer.goto('/notifications');
  await expect(customer.getByRole('heading', { name: 'Notifications' })).toBeVisible();
  expect(heard.join('\n')).toContain('This is for you.');
  expect(heard.join('\n')).not.toContain(secret);
});
