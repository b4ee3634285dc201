// On a phone: all of it fits, the place to write stays in sight, and staff gets from the list to a ticket and back.
import type { Page } from '@playwright/test';
import {
  conversation,
  expect,
  logIn,
  newEmail,
  openTicket,
  PASSWORD,
  register,
  say,
  setStatus,
  test,
} from './support/desk.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test.use({ contextOptions: PHONE });

async function expectNoOverflow(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(tooWide, `${page.url()} is too wide`).toBe(0);
}

/** Fingers need more room than pointers. */
async function expectRoomForFingers(page: Page): Promise<void> {
  const heights = await page.getByRole('main').getByRole('button').evaluateAll((buttons) =>
    buttons.map((button) => [(button as HTMLElement).innerText, button.getBoundingClientRect().height] as const),
  );
  expect(heights.filter(([, height]) => height > 0 && height < 36)).toEqual([]);
}

test('a customer with a phone and staff with a wide screen', async ({ people, desk, browser }) => {
  const customer = await people.visitor();
  await customer.goto('/login');
  await expect(customer.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expectNoOverflow(customer);
  await customer.goto('/register');
  await expect(customer.getByRole('button', { name: 'Create account' })).toBeVisible();
  await expectNoOverflow(customer);
  await register(customer, { email: newEmail('phone'), name: 'Phoebe Phone', password: PASSWORD });
  await expectNoOverflow(customer);
  await customer.goto('/tickets/new');
  await expect(customer.getByLabel('How urgent is it?')).toBeVisible();
  await expectNoOverflow(customer);
  await expectRoomForFingers(customer);
  const id = await openTicket(customer, 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen', 'It does not fit.');

  const wide = await browser.newContext({ baseURL: desk.server.url, viewport: { width: 1440, height: 900 } });
  const admin = await wide.newPage();
  await logIn(admin, desk.admin);
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('It does not fit.');
  await say(admin, 'Which size is it?');
  await expect(conversation(customer)).toContainText('Which size is it?');
  await customer.getByLabel('Your message').fill('Rather long');
  await customer.getByRole('button', { name: 'Send' }).tap();
  await expect(conversation(admin)).toContainText('Rather long');
  await setStatus(admin, 'In progress');
  await expect(customer.getByText('In progress', { exact: true })).toBeVisible();

  for (let line = 1; line <= 15; line += 1) await say(admin, `Line ${line} of a long answer`);
  await expect(conversation(customer)).toContainText('Line 15 of a long answer');
  await expect(customer.getByLabel('Your message')).toBeInViewport({ ratio: 1 });
  await expect(customer.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
  await expect(customer.getByText('Line 15 of a long answer')).toBeInViewport();
  await expectNoOverflow(customer);
  await expectRoomForFingers(customer);

  await customer.getByRole('button', { name: 'Close ticket' }).tap();
  await expect(customer.getByText('This ticket is closed.', { exact: true })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();
  await customer.getByRole('link', { name: 'My tickets' }).tap();
  await customer.getByRole('link', { name: 'Closed', exact: true }).tap();
  await expect(customer.getByRole('link', { name: /^Donau/ })).toBeVisible();
  await expectNoOverflow(customer);
  await wide.close();
});

test('staff with a phone: from the list to a ticket and back', async ({ people }) => {
  const customer = await people.customer();
  const title = `On the way ${Date.now()}`;
  await openTicket(customer, title, 'First.');
  const admin = await people.admin();
  await expectNoOverflow(admin);
  const row = admin.getByRole('link', { name: title });
  await row.tap();
  await expect(conversation(admin)).toContainText('First.');
  await expect(row).toBeHidden();
  await expect(admin.getByLabel('Your message')).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(admin);
  await admin.getByRole('link', { name: 'All tickets' }).tap();
  await expect(row).toBeVisible();
  await expect(admin.getByLabel('Your message')).toHaveCount(0);
});
