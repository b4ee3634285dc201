// Staff's page of people: who is found, and what an admin can do about an account.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import { expectNoFindings } from './support/axe.ts';
import {
  type Account,
  expect,
  fillLogin,
  logIn,
  newEmail,
  openTicket,
  PASSWORD,
  register,
  test,
} from './support/desk.ts';

const OTHER_PASSWORD = 'gravel-Teapot-64-meadow';

/** With a name that nobody else has. */
function newAccount(first: string): Account {
  return { email: newEmail('people'), name: `${first} ${randomUUID().slice(0, 8)}`, password: PASSWORD };
}

/** From the console to the account, as staff would go there. */
async function openPerson(admin: Page, { name }: Account): Promise<void> {
  await admin.goto('/admin/users');
  await admin.getByLabel('Search', { exact: true }).fill(name);
  await expect(admin).toHaveURL(/[?&]q=/);
  await admin.getByRole('link', { name }).click();
  await expect(admin.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function answer(admin: Page, question: string, button: string): Promise<void> {
  const dialog = admin.getByRole('dialog', { name: question });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: button }).click();
}

async function expectSignedOut(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Your session has ended')).toBeVisible();
}

test('a customer is found, locked out and let in again', async ({ people }) => {
  const account = newAccount('Paula');
  const customer = await people.visitor();
  await register(customer, account);
  const id = await openTicket(customer, 'Before it was locked', 'Hello?');

  const admin = await people.admin();
  await openPerson(admin, account);
  await admin.getByRole('link', { name: 'All people' }).click();
  // The list is as it was left.
  await expect(admin).toHaveURL(`/admin/users?q=${encodeURIComponent(account.name).replace('%20', '+')}`);
  const row = admin.getByRole('row').filter({ hasText: account.name });
  await expect(row).toContainText(account.email);
  await expect(row).toContainText('Customer');
  await expect(row).toContainText('Active');
  await expect(admin.getByRole('row')).toHaveCount(2);
  await row.getByRole('link').press('Enter');
  await expect(admin.getByRole('heading', { name: account.name, level: 1 })).toBeFocused();

  await expect(admin.getByText('Chrome on Linux')).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Before it was locked' })).toHaveAttribute('href', `/admin/tickets/${id}`);
  await admin.getByRole('button', { name: 'Disable account' }).click();
  // Until then it has no focus to give back.
  await expect(admin.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('dialog')).toBeHidden();
  await expect(admin.getByRole('button', { name: 'Disable account' })).toBeFocused();
  await admin.getByRole('button', { name: 'Disable account' }).click();
  await answer(admin, `Disable the account of ${account.name}?`, 'Disable account');
  await expectSignedOut(customer);
  await expect(admin.getByText(`The account of ${account.name} is disabled.`)).toBeVisible();
  await expect(admin.getByText('Disabled', { exact: true })).toBeVisible();
  await expect(admin.getByText('Not signed in anywhere.')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Enable account' })).toBeFocused();
  await expect(admin.getByRole('button', { name: 'Make a reset link' })).toHaveCount(0);
  await fillLogin(customer, account);
  // Whoever is locked out hears no more than anybody else.
  await expect(customer.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' })).toBeVisible();

  await admin.goto(`/admin/users?q=${account.name}&state=active`);
  await expect(admin.getByRole('heading', { name: 'Nobody matches' })).toBeVisible();
  await admin.getByLabel('State').selectOption('Disabled');
  await expect(admin).toHaveURL(/state=disabled/);
  await admin.getByRole('link', { name: account.name }).click();
  await admin.getByRole('button', { name: 'Enable account' }).click();
  await answer(admin, `Enable the account of ${account.name}?`, 'Enable account');
  await expect(admin.getByText('Active', { exact: true })).toBeVisible();
  await fillLogin(customer, account);
  await expect(customer.getByRole('heading', { name: 'Before it was locked' })).toBeVisible();
});

test('a customer becomes support staff, and a customer again', async ({ people }) => {
  const account = newAccount('Petra');
  const page = await people.visitor();
  await register(page, account);
  const admin = await people.admin();
  await openPerson(admin, account);

  await admin.getByRole('button', { name: 'Make support staff' }).click();
  await answer(admin, `Make ${account.name} support staff?`, 'Make support staff');
  await expectSignedOut(page);
  await fillLogin(page, account);
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();

  await page.goto('/admin/users?role=admin');
  await expect(page.getByRole('link', { name: `${account.name} (you)` })).toBeVisible();
  await admin.getByRole('button', { name: 'Make customer' }).click();
  await expect(admin.getByRole('note')).toHaveCount(0);
  await answer(admin, `Make ${account.name} a customer?`, 'Make customer');
  await expectSignedOut(page);
  await logIn(page, account);
  await page.goto('/admin/users/1');
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('somebody is signed out everywhere', async ({ people }) => {
  const account = newAccount('Pia');
  const page = await people.visitor();
  await register(page, account);
  const admin = await people.admin();
  await openPerson(admin, account);
  await admin.getByRole('button', { name: 'Sign out everywhere' }).click();
  await answer(admin, `Sign ${account.name} out everywhere?`, 'Sign out everywhere');
  await expectSignedOut(page);
  await expect(admin.getByText(`${account.name} is signed out everywhere.`)).toBeVisible();
  await expect(admin.getByText('Not signed in anywhere.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Signed in on' })).toBeFocused();
});

test('a reset link is made, copied and shown once, and it works', async ({ people, desk }) => {
  const account = newAccount('Pola');
  await register(await people.visitor(), account);
  const admin = await people.admin();
  await admin.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.server.url });
  await openPerson(admin, account);
  await admin.getByRole('button', { name: 'Make a reset link' }).click();
  const field = admin.getByLabel('Reset link');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(new RegExp(`^${desk.server.url}/reset#token=`));
  await admin.getByRole('button', { name: 'Copy' }).click();
  await expect(admin.getByText('The link is copied.')).toBeVisible();
  const url = await admin.evaluate(() => navigator.clipboard.readText());
  expect(url).toBe(await field.inputValue());
  await admin.reload();
  await expect(admin.getByRole('button', { name: 'Make a reset link' })).toBeVisible();
  await expect(field).toHaveCount(0);

  const visitor = await people.visitor();
  await visitor.goto(url);
  await visitor.getByLabel('New password').fill(OTHER_PASSWORD);
  await visitor.getByRole('button', { name: 'Set the password' }).click();
  await expect(visitor.getByText('Your password is changed')).toBeVisible();
  await fillLogin(visitor, { ...account, password: OTHER_PASSWORD });
  await expect(visitor.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('the last admin cannot go, and is warned before', async ({ people, desk }) => {
  const admin = await people.admin();
  const { id } = (await callApi(admin, 'GET', '/me')) as { id: number };
  const { items } = (await callApi(admin, 'GET', '/users?role=admin&disabled=false&limit=100')) as { items: { id: number }[] };
  for (const other of items.filter((one) => one.id !== id)) {
    await callApi(admin, 'PATCH', `/users/${other.id}`, { disabled: true });
  }
  await admin.goto(`/admin/users/${id}`);
  for (const [button, question] of [
    ['Make customer', `Make ${desk.admin.name} a customer?`],
    ['Disable account', `Disable the account of ${desk.admin.name}?`],
  ] as const) {
    await admin.getByRole('button', { name: button }).click();
    const dialog = admin.getByRole('dialog', { name: question });
    await expect(dialog.getByRole('note')).toContainText('This is your own account.');
    await answer(admin, question, button);
    await expect(dialog.getByRole('alert')).toHaveText('The desk needs at least one admin.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  }
  await expect(admin.getByText('Support staff', { exact: true })).toBeVisible();
  await expect(admin.getByText('Active', { exact: true })).toBeVisible();
});

test('many people come page by page, and the way back leads to the same place', async ({ people, desk, request }) => {
  const crowd = randomUUID().slice(0, 8);
  for (let number = 1; number <= 31; number += 1) {
    const answered = await request.post(`${desk.server.url}/api/v1/auth/register`, {
      headers: { Origin: desk.server.url },
      data: { email: newEmail('crowd'), name: `Crowd ${crowd} ${number}`, password: PASSWORD },
    });
    expect(answered.status()).toBe(201);
  }
  const admin = await people.admin();
  await admin.goto(`/admin/users?q=${crowd}`);
  const rows = admin.getByRole('link', { name: `Crowd ${crowd}` });
  await expect(rows).toHaveCount(30);
  await admin.getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(31);
  await expect(admin.getByRole('button', { name: 'Show more' })).toHaveCount(0);
  const last = admin.getByRole('link', { name: `Crowd ${crowd} 1`, exact: true });
  await last.click();
  await expect(admin.getByRole('heading', { name: `Crowd ${crowd} 1`, level: 1 })).toBeInViewport();
  await admin.goBack();
  await expect(last).toBeInViewport();
  await expect(rows).toHaveCount(31);
});

test('accounts that cannot be had say so', async ({ people }) => {
  const account = newAccount('Pina');
  await register(await people.visitor(), account);
  const admin = await people.admin();
  // With or without a search.
  const ofPeople = /\/api\/v1\/users(\?|$)/;
  const unavailable = { status: 503, json: { code: 'unavailable' } };
  await admin.route(ofPeople, (route) => route.fulfill(unavailable));
  const failed = admin.getByRole('alert').filter({ has: admin.getByRole('heading', { name: 'Could not load the people' }) });
  for (const path of ['/admin/users', `/admin/users?q=${account.name}`]) {
    await admin.goto(path);
    await expect(failed).toBeVisible();
  }
  await expectNoFindings(admin, 'no people');
  await admin.unroute(ofPeople);
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(failed).toHaveCount(0);
  const link = admin.getByRole('link', { name: account.name });
  await expect(link).toBeVisible();

  // An account of the list that then cannot be had.
  const ofOne = /\/api\/v1\/users\/\d+$/;
  await admin.route(ofOne, (route) => route.fulfill(unavailable));
  await link.click();
  await expect(admin.getByRole('alert').getByRole('heading', { name: 'Could not load the account' })).toBeVisible();
  await admin.unroute(ofOne);
  await admin.getByRole('button', { name: 'Try again' }).click();
  await expect(admin.getByRole('heading', { name: account.name, level: 1 })).toBeVisible();
});

test('axe finds nothing on the pages of people', async ({ people }) => {
  const account = newAccount('Maximiliane-Alexandra');
  const customer = await people.visitor();
  await register(customer, account);
  await openTicket(customer, 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen', 'It does not fit.');
  const admin = await people.admin();
  await admin.goto('/admin/users');
  await expect(admin.getByRole('link', { name: account.name })).toBeVisible();
  await expectNoFindings(admin, 'people');
  await admin.getByLabel('Search', { exact: true }).fill('nobody-is-called-so');
  await expect(admin.getByRole('heading', { name: 'Nobody matches' })).toBeVisible();
  await expectNoFindings(admin, 'nobody');
  await openPerson(admin, account);
  await admin.getByRole('button', { name: 'Make a reset link' }).click();
  await expect(admin.getByLabel('Reset link')).toBeVisible();
  await expect(admin.getByText('Chrome on Linux')).toBeVisible();
  await expectNoFindings(admin, 'account');
  await admin.getByRole('button', { name: 'Disable account' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectNoFindings(admin, 'question');
  const { id } = (await callApi(admin, 'GET', '/me')) as { id: number };
  await admin.goto(`/admin/users/${id}`);
  await admin.getByRole('button', { name: 'Make customer' }).click();
  await expect(admin.getByRole('note')).toBeVisible();
  await expectNoFindings(admin, 'warning');
});
