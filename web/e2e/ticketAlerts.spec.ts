// A new ticket calls all of staff, again and again until one of them takes notice of it.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { type Alerts, recordAlerts } from './support/alerts.ts';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, goOffline, openAccount, openTicket, test } from './support/desk.ts';

test.use({ settings: { DESKWIRE_ALERT_AFTER_SECONDS: '3' } });

const waiting = (page: Page) => page.getByRole('button', { name: /new tickets? (still )?waits?$/ });
const list = (page: Page) => page.getByRole('dialog', { name: 'New tickets wait for somebody' });
const inList = (page: Page, title: string) => list(page).getByRole('link', { name: title });
const unique = (word: string) => `${word} ${randomUUID().slice(0, 8)}`;

test('a new ticket waits on every screen of staff until one of them opens it', async ({ people }) => {
  const title = unique('Nobody there');
  const admin = await people.admin();
  const colleague = await people.colleague('Bea Colleague');
  await colleague.goto('/admin/dashboard');
  const customer = await people.customer();
  const id = await openTicket(customer, title, 'Hello?');
  for (const page of [admin, colleague]) {
    await waiting(page).click();
    await expect(inList(page, title)).toBeVisible();
  }
  const history = colleague.getByRole('table', { name: 'New tickets and who saw them' });
  const row = history.getByRole('row').filter({ hasText: title });
  await expect(row).toContainText('Nobody yet');
  // Nobody has come: it calls again, in other words.
  await expect(inList(admin, title)).toContainText('Called again');
  await expect(waiting(admin)).toHaveAccessibleName(/still waits?$/);
  // Its toast goes by itself.
  await expect(admin.getByRole('group', { name: `New ticket #${id}` })).toBeHidden();
  await expectNoFindings(admin, 'console with a repeated alert');
  await expect(row).toContainText('Called again');

  await inList(admin, title).click();
  await expect(conversation(admin)).toContainText('Hello?');
  await expect(list(admin)).toBeHidden();
  await expect(inList(colleague, title)).toHaveCount(0);
  await expect(colleague.getByText(`Ada Admin looks after ticket #${id}: ${title}`)).toBeAttached();
  await expect(row).toContainText(/Ada Admin after \d+ s/);
  await expect(row.getByRole('listitem')).toContainText('Ada Admin');
  // If others wait, too, the focus has stayed among them.
  await colleague.keyboard.press('Escape');
  await expect(list(colleague)).toBeHidden();
  await row.getByRole('link', { name: title }).click();
  await expect(conversation(colleague)).toContainText('Hello?');
  await colleague.goBack();
  await expect(row.getByRole('listitem')).toHaveCount(2);
  await expectNoFindings(colleague, 'dashboard with who saw what');

  const needless = unique('Found it myself');
  await openTicket(customer, needless, 'Hello again?');
  const other = history.getByRole('row').filter({ hasText: needless });
  await expect(other).toContainText('Nobody yet');
  await customer.getByRole('button', { name: 'Close ticket' }).click();
  await expect(other).toContainText('Nobody: the customer closed it before');
});

test('what was missed without a connection is made up for', async ({ people }) => {
  const [seen, missed] = [unique('Seen'), unique('Missed')];
  const admin = await people.admin();
  const colleague = await people.colleague();
  const customer = await people.customer();
  const id = await openTicket(customer, seen, 'One.');
  await waiting(admin).click();
  await expect(inList(admin, seen)).toBeVisible();

  await goOffline(admin);
  await colleague.goto(`/admin/tickets/${id}`);
  await expect(conversation(colleague)).toContainText('One.');
  await expect(inList(admin, seen)).toBeVisible();
  await openTicket(customer, missed, 'Two.');
  await admin.context().setOffline(false);
  await expect(inList(admin, missed)).toBeVisible();
  await expect(inList(admin, seen)).toHaveCount(0);

  // Its customer needs nobody any more.
  await customer.getByRole('button', { name: 'Close ticket' }).click();
  await expect(inList(admin, missed)).toHaveCount(0);
});

test('a repeated alert sounds, and shows a notification of the browser, where that is wanted', async ({ people }) => {
  const title = unique('Louder');
  const admin = await people.admin();
  await recordAlerts(admin.context());
  await openAccount(admin);
  await admin.reload();
  for (const name of ['Play a sound', 'Show browser notifications']) {
    await admin.getByRole('switch', { name }).click();
    await expect(admin.getByRole('switch', { name })).toBeChecked();
  }
  const alerts = () => admin.evaluate(() => {
    const { sounds, shown } = (window as unknown as { alerts: Alerts }).alerts;
    return { sounds, shown };
  });
  const customer = await people.customer();
  const id = await openTicket(customer, title, 'Hello?');
  const calls = async () => (await alerts()).shown.filter(({ body }) => body?.includes(title));
  await expect.poll(calls).toContainEqual({ title: `Ticket #${id} still waits for somebody`, body: title, tag: `ticket-${id}` });
  // More than once each time that it calls again.
  await expect.poll(async () => (await alerts()).sounds).toBeGreaterThan(2);
});
