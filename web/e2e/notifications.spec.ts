// Notifications: the bell, the tab, and the page of all of them.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { apiOf } from './support/api.ts';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, openTicket, say, test } from './support/desk.ts';
import { expectFocusIn } from './support/keyboard.ts';

const icon = (page: Page) => page.locator('link[rel="icon"]');
const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
const rows = (page: Page) => page.getByRole('main').getByRole('listitem');

/** Opens tickets beside the app, without looking at them. */
async function openMany(page: Page, count: number): Promise<void> {
  const call = await apiOf(page);
  for (let number = 1; number <= count; number += 1) {
    const ticket = { client_id: randomUUID(), title: `Many, number ${number}`, description: 'One of many.' };
    await call('POST', '/tickets', ticket);
  }
}

test('what is unread shows in the bell, the title and the icon, until the ticket is opened', async ({ people }) => {
  const admin = await people.colleague();
  await expect(bell(admin)).toHaveAccessibleName('Notifications');
  await expect(icon(admin)).toHaveAttribute('href', '/favicon.svg');

  const customer = await people.customer();
  await openTicket(customer, 'Ring the bell', 'Hello?');
  await expect(bell(admin)).toHaveAccessibleName('Notifications, 1 unread');
  await expect(admin).toHaveTitle(/^\(1\) /);
  await expect(icon(admin)).toHaveAttribute('href', '/favicon-unread.svg');
  expect((await admin.request.get('/favicon-unread.svg')).headers()['content-type']).toContain('image/svg+xml');

  await say(customer, 'Anybody there?');
  await expect(bell(admin)).toHaveAccessibleName('Notifications, 2 unread');

  await admin.getByRole('link', { name: 'Ring the bell' }).click();
  await expect(conversation(admin)).toContainText('Anybody there?');
  await expect(bell(admin)).toHaveAccessibleName('Notifications');
  await expect(admin).toHaveTitle(/^[^(]/);
  await expect(icon(admin)).toHaveAttribute('href', '/favicon.svg');
});

test('signing out takes the sign from the tab', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'Leave it unread', 'Hello?');
  await customer.getByRole('link', { name: /Deskwire/ }).click();
  await expect(customer.getByRole('heading', { name: 'My tickets' })).toBeVisible();
  const admin = await people.colleague();
  await admin.goto(`/admin/tickets/${id}`);
  await say(admin, 'Look here.');
  await expect(icon(customer)).toHaveAttribute('href', '/favicon-unread.svg');
  await customer.getByRole('button', { name: /^Account: / }).click();
  await customer.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(customer.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(icon(customer)).toHaveAttribute('href', '/favicon.svg');
  await expect(customer).toHaveTitle(/^Sign in/);
});

test('the page shows all notifications, and everything can be marked as read', async ({ people }) => {
  // Over a hundred tickets, so that not even the largest page holds all notifications.
  test.slow();
  const customer = await people.customer();
  const admin = await people.colleague();
  await openMany(customer, 105);

  // By keyboard, by way of the bell.
  await bell(admin).focus();
  await admin.keyboard.press('Enter');
  await expectFocusIn(admin.getByRole('dialog'));
  const link = admin.getByRole('dialog').getByRole('link', { name: 'All notifications' });
  await link.focus();
  await admin.keyboard.press('Enter');
  await expect(admin).toHaveURL(/\/notifications$/);
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText(/^Notifications\s*\d+ unread$/);
  await expect(admin.getByRole('heading', { name: 'Today' })).toBeVisible();
  // What came live is there already; from the server it comes in pages.
  await expect(rows(admin).first()).toContainText('Many, number 105');
  // Slowly, so that it is being fetched afresh, as after every connect, when more is asked for.
  const firstPage = '**/api/v1/notifications?limit=30';
  await admin.route(firstPage, (route) => new Promise((resolve) => setTimeout(() => resolve(route.continue()), 700)));
  await admin.reload();
  await expect(rows(admin)).toHaveCount(30);
  await admin.getByRole('button', { name: 'Show more' }).click();
  await expect(rows(admin)).toHaveCount(60);
  await admin.unrouteAll({ behavior: 'wait' });
  // What does not come is said at the button, which then tries again.
  await admin.route('**/api/v1/notifications?*cursor=*', (route) => route.abort());
  await admin.getByRole('button', { name: 'Show more' }).click();
  await expect(admin.getByRole('main').getByRole('alert')).toHaveText(/does not answer/);
  await expectNoFindings(admin, 'more notifications that do not come');
  await expect(rows(admin)).toHaveCount(60);
  await admin.unrouteAll({ behavior: 'wait' });
  await admin.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await expect(rows(admin)).toHaveCount(90);
  await expect(admin.getByRole('main').getByRole('alert')).toHaveCount(0);
  await expect(rows(admin).first()).toContainText('Many, number 105');
  await expect(rows(admin).first()).toContainText('Unread');
  await expectNoFindings(admin, 'notifications');

  // A new one comes on top.
  await openMany(customer, 1);
  await expect(rows(admin).first()).toContainText('Many, number 1');
  await expect(rows(admin)).toHaveCount(91);

  // Also what is not on the screen, and in the other tab too.
  const second = await admin.context().newPage();
  await second.goto('/admin');
  await expect(bell(second)).toHaveAccessibleName(/unread$/);
  await admin.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Notifications');
  await expect(admin.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(bell(admin)).toHaveAccessibleName('Notifications');
  await expect(bell(second)).toHaveAccessibleName('Notifications');
  await expect(rows(admin).first()).not.toContainText('Unread');
});

test('somebody without notifications is told what will come', async ({ people }) => {
  const customer = await people.customer();
  await customer.goto('/notifications');
  await expect(customer.getByText('No notifications yet')).toBeVisible();
  await expect(customer.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0);
  await expectNoFindings(customer, 'no notifications');
});

test('the end of a session by force leads to the devices', async ({ people }) => {
  const page = await people.customer();
  const told = {
    id: 1,
    kind: 'session_reused',
    ticket: null,
    seq: null,
    count: 1,
    actor: null,
    created_at: '2026-01-31T09:15:00.000000Z',
    read_at: null,
  };
  const json = { items: [told], next_cursor: null, unread: 1 };
  await page.route('**/api/v1/notifications?*', (route) => route.fulfill({ json }));
  await page.goto('/notifications');
  await page.getByRole('main').getByRole('link', { name: /^Unread One of your sessions was ended/ }).click();
  await expect(page).toHaveURL(/\/account#devices$/);
  await expect(page.getByRole('heading', { name: 'Devices', exact: true })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Devices', exact: true })).toBeInViewport();

  // By way of the bell, too, while the page is open already.
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await page.getByRole('dialog').getByRole('link', { name: /^Unread One of your sessions was ended/ }).click();
  await expect(page.getByRole('heading', { name: 'Devices', exact: true })).toBeInViewport();
});
