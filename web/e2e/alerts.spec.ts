// How the browser calls for attention, as it is chosen on the account page. The language is chosen there, too.
import type { Page } from '@playwright/test';
import { type Alerts, recordAlerts } from './support/alerts.ts';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, newEmail, openAccount, openTicket, PASSWORD, say, test } from './support/desk.ts';

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
const preferences = (page: Page) => page.getByRole('region', { name: 'Notifications' });

/** A tab of somebody who has turned an alert on, and has clicked in it. */
async function turnOn(page: Page, label: string): Promise<void> {
  await openAccount(page);
  await preferences(page).getByRole('switch', { name: label }).click();
  await expect(preferences(page).getByRole('switch', { name: label })).toBeChecked();
}

/** A customer with an open ticket, and staff who can answer in it. */
async function desk(people: { customer: () => Promise<Page>; admin: () => Promise<Page> }, title: string) {
  const customer = await people.customer();
  const id = await openTicket(customer, title, 'Hello?');
  const admin = await people.admin();
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('Hello?');
  return { customer, admin, id };
}

test('news sound once, in one of two tabs', async ({ people }) => {
  const { customer, admin } = await desk(people, 'Make a sound');
  await recordAlerts(customer.context());
  await customer.reload();
  await turnOn(customer, 'Play a sound');
  const second = await customer.context().newPage();
  await second.goto('/');
  await expect(second.getByRole('link', { name: 'Make a sound' })).toBeVisible();
  await second.getByRole('heading', { name: 'My tickets' }).click();

  const sounds = async () => (await alertsOf(customer)).sounds + (await alertsOf(second)).sounds;
  expect(await sounds()).toBe(0);
  await say(admin, 'Can you hear this?');
  await expect(bell(customer)).toHaveAccessibleName(/1 unread/);
  await expect(bell(second)).toHaveAccessibleName(/1 unread/);
  await expect.poll(sounds).toBe(1);
  // Both have heard of it; neither sounds later.
  await customer.waitForTimeout(500);
  expect(await sounds()).toBe(1);
});

test('the ticket before their eyes calls nobody, in no tab', async ({ people }) => {
  const { customer, admin, id } = await desk(people, 'Watched');
  await recordAlerts(customer.context());
  await customer.reload();
  await turnOn(customer, 'Play a sound');
  const second = await customer.context().newPage();
  await second.goto(`/tickets/${id}`);
  await expect(conversation(second)).toContainText('Hello?');
  await conversation(second).click();

  await say(admin, 'Are you looking?');
  await expect(conversation(second)).toContainText('Are you looking?');
  await customer.waitForTimeout(500);
  expect(await alertsOf(customer)).toMatchObject({ sounds: 0 });
  expect(await alertsOf(second)).toMatchObject({ sounds: 0 });
});

test('a notification of the browser says no more than the title, and leads to the ticket', async ({ people }) => {
  const { customer, admin, id } = await desk(people, 'Call me');
  await customer.context().grantPermissions(['notifications']);
  await recordAlerts(customer.context());
  await customer.reload();
  await turnOn(customer, 'Show browser notifications');
  // The first one is a sample.
  expect((await alertsOf(customer)).shown.map(({ tag }) => tag)).toEqual(['sample']);

  await say(admin, 'My secret answer');
  await expect.poll(async () => (await alertsOf(customer)).shown.length).toBe(2);
  expect((await alertsOf(customer)).shown[1]).toEqual({
    title: `Ada Admin wrote in #${id}`,
    body: 'Call me',
    tag: `ticket-${id}`,
  });
  await customer.evaluate(() => (window as unknown as { alerts: Alerts }).alerts.clickLatest());
  await expect(customer).toHaveURL(new RegExp(`/tickets/${id}$`));
  await expect(conversation(customer)).toContainText('My secret answer');
});

test('who signs out leaves no alerts to the next person', async ({ people }) => {
  const { customer, admin, id } = await desk(people, 'Between us');
  await customer.context().grantPermissions(['notifications']);
  await recordAlerts(customer.context());
  await customer.reload();
  await turnOn(customer, 'Show browser notifications');
  await say(admin, 'Only for your eyes');
  const toast = customer.getByRole('group', { name: `Ada Admin wrote in #${id}` });
  await expect(toast).toBeVisible();
  await expect.poll(async () => (await alertsOf(customer)).shown.length).toBe(2);
  expect((await alertsOf(customer)).closed).toEqual([]);

  await customer.getByRole('button', { name: /^Account: / }).click();
  await customer.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(customer.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect.poll(async () => (await alertsOf(customer)).closed.sort()).toEqual(['sample', `ticket-${id}`]);

  // In the same page, without loading it anew.
  await customer.getByRole('link', { name: 'Create an account' }).click();
  await expect(customer.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await customer.getByLabel('E-mail').fill(newEmail('next'));
  await customer.getByLabel('Name').fill('Nora Next');
  await customer.getByLabel(/^Password/).fill(PASSWORD);
  await customer.getByRole('button', { name: 'Create account' }).click();
  await expect(customer.getByRole('button', { name: 'Account: Nora Next' })).toBeVisible();
  await expect(bell(customer)).toBeVisible();
  // Not a moment longer: it would go by itself after a while.
  expect(await toast.count()).toBe(0);
});

test('alerts are chosen and tried by keyboard, and the choice stays', async ({ people }) => {
  const page = await people.customer();
  await page.context().grantPermissions(['notifications']);
  await recordAlerts(page.context());
  await page.reload();
  await openAccount(page);
  const section = preferences(page);
  const sound = section.getByRole('switch', { name: 'Play a sound' });
  await sound.focus();
  await page.keyboard.press('Space');
  await expect(sound).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(section.getByRole('button', { name: 'Test the sound' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await alertsOf(page)).sounds).toBe(1);
  await page.keyboard.press('Tab');
  await expect(section.getByRole('switch', { name: 'Show browser notifications' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await alertsOf(page)).shown.length).toBe(1);
  await expectNoFindings(page, 'account with alerts');

  await page.reload();
  await expect(sound).toBeChecked();
  await expect(section.getByRole('switch', { name: 'Show browser notifications' })).not.toBeChecked();
});

test('what the browser does not allow or cannot do is said', async ({ people }) => {
  const page = await people.customer();
  await recordAlerts(page.context(), 'denied');
  await page.reload();
  await openAccount(page);
  const section = preferences(page);
  const choice = section.getByRole('switch', { name: 'Show browser notifications' });
  await choice.click();
  await expect(section.getByText('This browser blocks notifications of this site.')).toBeVisible();
  await expect(choice).not.toBeChecked();
  await expectNoFindings(page, 'blocked notifications');

  const android = await people.customer();
  await recordAlerts(android.context(), 'impossible');
  await android.reload();
  await openAccount(android);
  await preferences(android).getByRole('switch', { name: 'Show browser notifications' }).click();
  await expect(preferences(android).getByText('This browser cannot show notifications of a page.')).toBeVisible();
  await expect(preferences(android).getByRole('switch', { name: 'Show browser notifications' })).toBeDisabled();
});

test('the language is chosen on the account page', async ({ people }) => {
  const page = await people.customer();
  await openAccount(page);
  await page.getByLabel('Language of Deskwire').selectOption('de');
  await expect(page.getByRole('heading', { name: 'Konto und Geräte' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Ton abspielen' })).toBeVisible();
});

function alertsOf(page: Page): Promise<Omit<Alerts, 'clickLatest'>> {
  return page.evaluate(() => {
    const { sounds, shown, closed } = (window as unknown as { alerts: Alerts }).alerts;
    return { sounds, shown, closed };
  });
}
