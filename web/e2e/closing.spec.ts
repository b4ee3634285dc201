// Closing a ticket when things come between: another page, a sign-out, an answer; where the focus is then, and what
// follows a closed ticket.
import type { Page } from '@playwright/test';
import { stopClock } from './support/clock.ts';
import { conversation, expect, goOffline, message, openTicket, say, setStatus, test } from './support/desk.ts';

const closeButton = (page: Page) => page.getByRole('button', { name: 'Close ticket' });
const staleNotice = (page: Page) => page.getByRole('alert').filter({ hasText: 'Something happened since you looked:' });

test('a closing that is refused while another page is open says so, and leads to the ticket', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  await customer.clock.install();
  const id = await openTicket(customer, `Refused elsewhere ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  // Answered before the closing is sent.
  await stopClock(customer);
  await closeButton(customer).click();
  await customer.getByRole('link', { name: 'My tickets' }).click();
  await expect(customer).toHaveURL(/\/$/);
  await say(admin, 'One question before you close it');
  await expect(message(admin, 'One question before you close it').getByText(/^(Sent|Seen)$/)).toBeVisible();
  await customer.clock.resume();
  const toast = customer.getByRole('alert').filter({ hasText: `Could not close ticket #${id}` });
  await expect(toast).toContainText('The ticket has changed in the meantime.');
  await toast.getByRole('button', { name: 'Open the ticket' }).click();
  await expect(staleNotice(customer)).toContainText('Ada Admin: One question before you close it');
  await expect(staleNotice(customer).getByRole('group', { name: 'What you missed' })).toBeVisible();
  await expect(toast).toHaveCount(0);
  await staleNotice(customer).getByRole('button', { name: 'Close anyway' }).click();
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();
});

test('who closes a ticket and signs out at once has closed it', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  await customer.clock.install();
  const id = await openTicket(customer, `Closed and gone ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await stopClock(customer);
  await closeButton(customer).click();
  await expect(customer.getByRole('button', { name: 'Undo' })).toBeVisible();
  await customer.clock.resume();
  await customer.getByRole('button', { name: /^Account: / }).click();
  await customer.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(customer.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();
});

test('what goes from the screen takes along only the focus that it had', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Closed by staff ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  const heading = customer.getByRole('heading', { level: 1 });

  await customer.evaluate(() => (document.activeElement as HTMLElement).blur());
  await setStatus(admin, 'Closed');
  await expect(closeButton(customer)).toHaveCount(0);
  await expect(heading).not.toBeFocused();
  expect(await customer.evaluate(() => document.activeElement === document.body)).toBe(true);

  await setStatus(admin, 'Open');
  await closeButton(customer).focus();
  await setStatus(admin, 'Closed');
  await expect(heading).toBeFocused();

  // A button that is at work keeps the focus until it goes.
  await admin.getByRole('button', { name: 'Assign to me' }).press('Enter');
  await expect(admin.getByText('Assigned to you')).toBeVisible();
  await expect(admin.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the title of a follow-up is suggested, but never over what one has written', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, 'Blank labels', 'All of them.');
  await admin.goto(`/admin/tickets/${id}`);
  await setStatus(admin, 'Closed');

  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await customer.route(`**/api/v1/tickets/${id}`, async (route) => {
    await held;
    await route.continue();
  });
  const title = customer.getByLabel('What is it about?');
  await customer.goto(`/tickets/new?follows=${id}`);
  await title.fill('Labels again');
  letThrough();
  await expect(customer.getByText(`Follow-up of #${id}: Blank labels`)).toBeVisible();
  await expect(title).toHaveValue('Labels again');

  // Nor is it put back when the ticket is heard of again.
  await title.fill('');
  await goOffline(customer);
  const again = customer.waitForResponse(`**/api/v1/tickets/${id}`);
  await customer.context().setOffline(false);
  await again;
  await expect(customer.getByText(/^You are offline/)).toHaveCount(0);
  await expect(title).toHaveValue('');
});
