// Staff with a phone: everything that the console can do is in reach, nothing is cut off, and a list is found where it was left.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { apiOf, callApi } from './support/api.ts';
import { conversation, expect, openTicket, test } from './support/desk.ts';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';

const word = () => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;
const list = (page: Page) => page.locator('[data-shortcut="list"]');
const row = (page: Page, title: string) => list(page).getByRole('listitem').filter({ hasText: title });

test.use({ contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });

/** Neither the page nor a part of it is wider than it has room for, but for tables, which scroll in themselves. */
async function expectNoOverflow(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() =>
    [...document.querySelectorAll('html, main, main *')]
      .filter((element) => {
        const isPage = element === document.documentElement;
        const scrolls = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
        const isTable = element.matches('[role="group"][tabindex="0"]');
        return (isPage || scrolls) && !isTable && element.scrollWidth > element.clientWidth;
      })
      .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`),
  );
  expect(tooWide, page.url()).toEqual([]);
}

/** While it scrolls, a list takes no touch; that it has begun to shows with the next frame. */
async function expectStill(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await expect(list(page).locator('ul')).toHaveCSS('pointer-events', 'auto');
}

test('a list is found at the ticket that one comes back from', async ({ people }) => {
  const shared = word();
  const customer = await people.customer();
  const call = await apiOf(customer);
  for (let place = 1; place <= 25; place += 1) {
    const title = `Number ${place}. ${shared}`;
    await call('POST', '/tickets', { client_id: randomUUID(), title, description: 'One of many.' });
  }
  const admin = await people.admin();
  await expect(row(admin, `Number 25. ${shared}`)).toBeVisible();
  const aim = row(admin, `Number 8. ${shared}`);
  // Rows are drawn as one comes near them: to the last that is there, until it is.
  await expect(async () => {
    await list(admin).getByRole('listitem').last().scrollIntoViewIfNeeded({ timeout: 1_000 });
    await expect(aim).toBeAttached({ timeout: 200 });
  }).toPass();
  await aim.scrollIntoViewIfNeeded();
  await expect(aim).toBeInViewport({ ratio: 1 });
  const top = () => list(admin).evaluate((pane) => pane.scrollTop);
  expect(await top()).toBeGreaterThan(300);
  await expectStill(admin);

  await aim.getByRole('link').tap();
  await expect(conversation(admin)).toContainText('One of many.');
  await expect(list(admin)).toBeHidden();
  await admin.getByRole('link', { name: 'All tickets' }).tap();
  await expect(aim).toBeInViewport({ ratio: 0.9 });
  await expectStill(admin);

  await aim.getByRole('link').tap();
  await expect(conversation(admin)).toContainText('One of many.');
  await admin.goBack();
  await expect(aim).toBeInViewport({ ratio: 0.9 });
});

test('views, filters, many at once and details are in reach of a thumb', async ({ people }) => {
  const customer = await people.customer();
  const [one, two] = [`One ${LONG} ${word()}`, `Two ${word()}`];
  for (const title of [one, two]) await openTicket(customer, title, 'On the way.');
  const admin = await people.admin();
  await expect(row(admin, two)).toBeVisible();

  const tools = admin.getByRole('button', { name: 'Views and filters' });
  await tools.tap();
  await expect(tools).toHaveAttribute('aria-expanded', 'true');
  const all = admin.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'All' });
  await all.tap();
  await expect(all).toHaveAttribute('aria-current', 'true');
  await admin.getByLabel('Priority').selectOption('urgent');
  await expect(row(admin, two)).toHaveCount(0);
  await expectNoOverflow(admin);
  await admin.getByRole('button', { name: 'Clear filters' }).tap();
  await expect(row(admin, two)).toBeVisible();
  await admin.getByLabel('Sort by').selectOption('created');
  await tools.tap();
  await expect(admin.getByLabel('Sort by')).toHaveCount(0);
  await expect(admin).toHaveURL(/\?view=all&sort=created$/);

  for (const title of [two, one]) await row(admin, title).getByRole('checkbox').tap();
  const bar = admin.getByRole('region', { name: 'Chosen tickets' });
  await expect(bar.getByText('2 chosen')).toBeInViewport({ ratio: 1 });
  await expect(bar.getByRole('button', { name: 'Set priority' })).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(admin);
  await bar.getByRole('button', { name: 'Assign' }).tap();
  await admin.getByRole('menuitem', { name: 'Me', exact: true }).tap();
  const outcome = admin.getByRole('region', { name: 'Changed tickets' });
  await expect(outcome.getByText('2 tickets changed')).toBeInViewport({ ratio: 1 });
  await expect(row(admin, two)).toContainText('→ Ada Admin');
  await expectNoOverflow(admin);
  await outcome.getByRole('button', { name: 'Done' }).tap();
  await expect(outcome).toHaveCount(0);

  await row(admin, one).getByRole('link').tap();
  await expect(conversation(admin)).toContainText('On the way.');
  await admin.getByRole('button', { name: 'Details' }).tap();
  const details = admin.getByRole('complementary', { name: 'Details' });
  await details.getByLabel('Priority').selectOption('high');
  await expect(details.getByLabel('Priority')).toHaveValue('high');
  await details.getByRole('link', { name: 'All their tickets' }).scrollIntoViewIfNeeded();
  await expect(details.getByRole('link', { name: 'All their tickets' })).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(admin);
  await admin.getByRole('button', { name: 'Details' }).tap();
  await expect(details.getByLabel('Priority')).toHaveCount(0);
  await expect(conversation(admin).getByText('You set the priority to High')).toBeInViewport({ ratio: 1 });
  await expect(admin.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
  await expect(admin.getByLabel('Your message')).toBeInViewport({ ratio: 1 });
});

test('no page of staff is too wide for a phone', async ({ people }) => {
  const customer = await people.customer(`Maximiliane ${LONG}`);
  const id = await openTicket(customer, LONG, `${LONG}${LONG}`);
  const { id: customerId } = (await callApi(customer, 'GET', '/me')) as { id: number };
  const admin = await people.admin();
  await callApi(admin, 'POST', '/canned-replies', { name: LONG, body: LONG, shared: true });
  await callApi(admin, 'POST', '/categories', { name: LONG.slice(0, 50) });
  for (const [path, there] of [
    ['/admin', admin.getByRole('link', { name: LONG })],
    [`/admin/tickets/${id}`, conversation(admin).getByText(LONG)],
    ['/admin?q=donau', admin.locator('mark').first()],
    ['/admin/dashboard', admin.getByRole('heading', { name: 'Dashboard' })],
    ['/admin/users', admin.getByRole('link', { name: `Maximiliane ${LONG}` })],
    [`/admin/users/${customerId}`, admin.getByRole('heading', { name: `Maximiliane ${LONG}`, level: 1 })],
    ['/admin/categories', admin.getByText(LONG.slice(0, 50), { exact: true })],
    ['/admin/canned-replies', admin.getByText(LONG).first()],
    ['/admin/nowhere', admin.getByRole('heading', { name: 'This page does not exist' })],
  ] as const) {
    await admin.goto(path);
    await expect(there.first()).toBeVisible();
    await expectNoOverflow(admin);
  }
});
