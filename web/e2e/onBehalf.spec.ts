// Staff opens a ticket for a customer, who finds it among their own.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import { expectNoFindings } from './support/axe.ts';
import { type Account, conversation, expect, newEmail, PASSWORD, register, test } from './support/desk.ts';

/** With a name that nobody else has. */
function newAccount(first: string): Account {
  return { email: newEmail('caller'), name: `${first} ${randomUUID().slice(0, 8)}`, password: PASSWORD };
}

const customerField = (page: Page) => page.getByRole('combobox', { name: 'Customer' });
const submit = (page: Page) => page.getByRole('button', { name: 'Open ticket' });

async function fill(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByLabel('What happened?').fill('They called about it.');
}

async function idOf(admin: Page, { email }: Account): Promise<number> {
  const { items } = (await callApi(admin, 'GET', `/users?q=${encodeURIComponent(email)}`)) as { items: { id: number }[] };
  return items[0]?.id ?? 0;
}

async function ticketsOf(admin: Page, account: Account): Promise<string[]> {
  const tickets = await callApi(admin, 'GET', `/tickets?requester=${await idOf(admin, account)}`);
  return (tickets as { items: { title: string }[] }).items.map(({ title }) => title);
}

test('a customer is found, and the ticket is theirs', async ({ people }) => {
  const account = newAccount('Carla');
  const namesake = { ...newAccount('Carla'), name: account.name };
  const customer = await people.visitor();
  await register(customer, account);
  await register(await people.visitor(), namesake);
  const admin = await people.admin();

  await admin.getByRole('link', { name: 'New ticket' }).click();
  await expect(admin.getByRole('heading', { name: 'New ticket for a customer' })).toBeFocused();
  await submit(admin).click();
  await expect(admin.getByText('Please fill this in.')).toHaveCount(3);
  await expect(customerField(admin)).toBeFocused();
  await expectNoFindings(admin, 'new ticket for a customer with errors');

  await customerField(admin).fill(`${account.name} nobody`);
  await expect(admin.getByText('No customer is called that')).toBeVisible();
  await customerField(admin).fill(account.name);
  // Two of one name are told apart by their addresses.
  await expect(admin.getByRole('listbox').getByRole('option')).toHaveCount(2);
  await expect(admin.getByRole('listbox').getByRole('option', { name: namesake.email })).toBeVisible();
  await expectNoFindings(admin, 'new ticket for a customer with customers');
  await admin.getByRole('listbox').getByRole('option', { name: account.email }).click();
  await expect(customerField(admin)).toHaveValue(`${account.name} · ${account.email}`);

  const title = `By phone ${randomUUID()}`;
  await fill(admin, title);
  await admin.getByLabel('Priority').last().selectOption('high');
  // What is written outlives a reload.
  await admin.reload();
  await expect(customerField(admin)).toHaveValue(`${account.name} · ${account.email}`);
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
  await submit(admin).click();
  await expect(admin.getByRole('heading', { name: title })).toBeVisible();
  await expect(admin.locator('main header').last()).toContainText(`Customer: ${account.name}`);
  await expect(conversation(admin)).toContainText('They called about it.');

  await expect(customer.getByRole('link', { name: title })).toBeVisible();
  expect(await ticketsOf(admin, account)).toEqual([title]);
  expect(await ticketsOf(admin, namesake)).toEqual([]);
  await admin.goto('/admin/tickets/new');
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue('');
});

test('the address chooses the customer', async ({ people }) => {
  const account = newAccount('Carl');
  await register(await people.visitor(), account);
  const admin = await people.admin();
  await admin.goto(`/admin/tickets/new?requester=${await idOf(admin, account)}`);
  await expect(customerField(admin)).toHaveValue(`${account.name} · ${account.email}`);
});

test('a second try after a lost answer opens no second ticket', async ({ people }) => {
  const account = newAccount('Cleo');
  await register(await people.visitor(), account);
  const admin = await people.admin();
  await admin.goto(`/admin/tickets/new?requester=${await idOf(admin, account)}`);
  await expect(customerField(admin)).toHaveValue(`${account.name} · ${account.email}`);
  const title = `Once ${randomUUID()}`;
  await fill(admin, title);
  let isLost = false;
  await admin.route('**/api/v1/tickets', async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
  await submit(admin).click();
  await expect(admin.getByRole('alert')).toBeVisible();
  await submit(admin).click();
  await expect(admin.getByRole('heading', { name: title })).toBeVisible();
  expect(await ticketsOf(admin, account)).toEqual([title]);
});
