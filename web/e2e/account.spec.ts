// One's own account: name, password, devices, and the link for a forgotten password.
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import {
  type Account,
  devices,
  expect,
  fillLogin,
  logIn,
  newEmail,
  openAccount,
  PASSWORD,
  register,
  test,
} from './support/desk.ts';

const OTHER_PASSWORD = 'gravel-Teapot-64-meadow';

function newAccount(name = 'Cora Customer'): Account {
  return { email: newEmail('customer'), name, password: PASSWORD };
}

async function expectSignedOut(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Your session has ended')).toBeVisible();
}

test('a name can be changed', async ({ people }) => {
  const page = await people.customer('Cora Before');
  await openAccount(page);
  const profile = page.getByRole('region', { name: 'Profile' });
  await profile.getByLabel('Name').fill('');
  await profile.getByRole('button', { name: 'Save name' }).click();
  await expect(profile.getByText('Please fill this in.')).toBeVisible();
  await profile.getByLabel('Name').fill('Cora After');
  await profile.getByRole('button', { name: 'Save name' }).click();
  await expect(profile.getByText('Your name is saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Account: Cora After' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Account: Cora After' })).toBeVisible();
});

test('a changed password signs out the other devices, and only it lets in again', async ({ people }) => {
  const account = newAccount();
  const here = await people.visitor();
  const there = await people.visitor();
  await register(here, account);
  await logIn(there, account);
  await openAccount(there);

  await openAccount(here);
  const form = here.getByRole('region', { name: 'Password' });
  await form.getByLabel('Current password').fill('not-this-One-at-all');
  await form.getByLabel('New password').fill(OTHER_PASSWORD);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByText('This is not your current password.')).toBeVisible();
  await expect(form.getByLabel('Current password')).toBeFocused();

  await form.getByLabel('Current password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByText(/All other devices were signed out/)).toBeVisible();
  await expectSignedOut(there);
  await expect(devices(here).getByRole('listitem')).toHaveCount(1);
  await here.reload();
  await expect(here.getByRole('heading', { name: 'Account and devices' })).toBeVisible();

  await fillLogin(there, account);
  await expect(there.getByText('E-mail or password is wrong.')).toBeVisible();
  await fillLogin(there, { ...account, password: OTHER_PASSWORD });
  // Back to where one was.
  await expect(there.getByRole('heading', { name: 'Account and devices' })).toBeVisible();
});

test('devices are listed, and one can be ended from another', async ({ people }) => {
  const account = newAccount();
  const here = await people.visitor();
  const there = await people.visitor();
  await register(here, account);
  await logIn(there, account);

  await openAccount(here);
  const rows = devices(here).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'This device' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'This device' })).toContainText('active now');
  await expect(rows.filter({ hasText: 'Chrome on Linux' })).toHaveCount(2);
  await expect(rows.filter({ hasText: '127.0.0.1' })).toHaveCount(2);

  await here.getByRole('button', { name: 'End the session: Chrome on Linux' }).click();
  await expect(devices(here).getByText('Chrome on Linux is signed out.')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect(devices(here).getByRole('heading', { name: 'Devices' })).toBeFocused();
  await expect(devices(here).getByText('You are signed in on no other device.')).toBeVisible();
  await expectSignedOut(there);

  await devices(here).getByRole('button', { name: 'Sign out on this device' }).click();
  await expect(here.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(here.getByText('Your session has ended')).toHaveCount(0);
});

test('all other devices can be signed out at once', async ({ people }) => {
  const account = newAccount();
  const here = await people.visitor();
  const others = [await people.visitor(), await people.visitor()];
  await register(here, account);
  for (const other of others) await logIn(other, account);

  await openAccount(here);
  await devices(here).getByRole('button', { name: 'Sign out everywhere else' }).click();
  const question = here.getByRole('dialog', { name: 'Sign out everywhere else?' });
  await expect(question).toContainText('2 other devices');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await here.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(devices(here).getByRole('listitem')).toHaveCount(3);

  await devices(here).getByRole('button', { name: 'Sign out everywhere else' }).click();
  await question.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(devices(here).getByText('All other devices are signed out.')).toBeVisible();
  await expect(devices(here).getByRole('listitem')).toHaveCount(1);
  for (const other of others) await expectSignedOut(other);
});

test('devices that cannot be loaded can be asked for again', async ({ people }) => {
  const page = await people.customer();
  await page.route('**/api/v1/auth/sessions', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }));
  await openAccount(page);
  await expect(devices(page).getByText('Could not load the devices')).toBeVisible();
  await page.unroute('**/api/v1/auth/sessions');
  await devices(page).getByRole('button', { name: 'Try again' }).click();
  await expect(devices(page).getByRole('listitem')).toHaveCount(1);
});

test('the meter advises against a weak password, the server refuses it, a passphrase is taken', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/register');
  await page.getByLabel('E-mail').fill(newEmail('winterbottom'));
  await page.getByLabel('Name').fill('Cora Winterbottom');
  const field = page.getByLabel(/^Password/);
  await expect(field).toHaveAccessibleDescription(/^At least 10 characters/);

  await field.fill('Winterbottom');
  await expect(page.getByRole('meter', { name: 'Strength' })).toHaveAttribute('aria-valuenow', /[012]/);
  await expect(field).toHaveAccessibleDescription(/your name or e-mail address/);

  await field.fill('password123');
  await expect(field).toHaveAccessibleDescription(/a password that many people use/);
  const answered = page.waitForResponse('**/api/v1/auth/register');
  await page.getByRole('button', { name: 'Create account' }).click();
  expect((await answered).status()).toBe(422);
  await expect(field).toHaveAccessibleDescription(/This password is too easy to guess\./);
  await expect(field).toBeFocused();

  await field.fill('staple lantern mosaic quiver');
  await expect(field).toHaveAccessibleDescription(/^(Hard|Very hard) to guess/);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('without the meter the server judges', async ({ people }) => {
  const page = await people.visitor();
  await page.route('**/zxcvbn-*.js', (route) => route.abort());
  await page.goto('/register');
  await page.getByLabel('E-mail').fill(newEmail('meterless'));
  await page.getByLabel('Name').fill('Meta Meterless');
  await page.getByLabel(/^Password/).fill('qwertyuiop');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('This password is too easy to guess.')).toBeVisible();
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('a reset link sets a new password, once', async ({ people, desk }) => {
  const account = newAccount();
  const page = await people.visitor();
  await register(page, account);
  const { id } = (await callApi(page, 'GET', '/me')) as { id: number };
  const { url } = (await callApi(await people.admin(), 'POST', `/users/${id}/reset`)) as { url: string };
  expect(url).toContain(`${desk.server.url}/reset#token=`);

  const elsewhere = await people.visitor();
  await logIn(elsewhere, account);
  // Still signed in here, the password forgotten.
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  expect(page.url()).not.toContain('token');
  await page.getByLabel('New password').fill(OTHER_PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();
  await expectSignedOut(elsewhere);
  await fillLogin(page, { ...account, password: OTHER_PASSWORD });
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();

  const late = await people.visitor();
  await late.goto(url);
  await late.getByLabel('New password').fill(PASSWORD);
  await late.getByRole('button', { name: 'Set the password' }).click();
  await expect(late.getByRole('alert')).toContainText('Ask an admin');
});

test('a bad reset link says whom to ask', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/reset#token=nonsense');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByRole('alert')).toContainText('Ask an admin');
  await page.goto('/login');
  await expect(page.getByText('Ask the support team for a reset link.')).toBeVisible();
  await page.goto('/reset');
  await expect(page.getByText('This page needs the reset link')).toBeVisible();
});

test('too many tries: the form says how long to wait, and works again afterwards', async ({ people, desk }) => {
  const page = await people.visitor();
  await page.clock.install();
  await page.route('**/api/v1/auth/login', (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '90' }, json: { code: 'rate_limited' } }),
  );
  await page.goto('/login');
  await fillLogin(page, desk.admin);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText('Too many tries. Please wait 90 seconds.');
  const button = page.getByRole('button', { name: 'Sign in' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  // The eyes see it count; a screen reader hears the first words only.
  await expect(page.getByText(/Please wait [1-8]?\d seconds?\./)).toBeVisible();
  await expect(alert).toHaveText('Too many tries. Please wait 90 seconds.');
  await page.clock.fastForward(90_000);
  await expect(alert).toHaveText('You can try again now.');
  await expect(button).not.toHaveAttribute('aria-disabled');
  await page.unroute('**/api/v1/auth/login');
  await button.click();
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
});

test('too many tries: the Enter key is told again, and other values are sent at once', async ({ people, desk }) => {
  const page = await people.visitor();
  let tries = 0;
  await page.route('**/api/v1/auth/login', (route) => {
    tries += 1;
    return tries === 1
      ? route.fulfill({ status: 429, headers: { 'Retry-After': '90' }, json: { code: 'rate_limited' } })
      : route.continue();
  });
  await page.goto('/login');
  await fillLogin(page, { ...desk.admin, email: newEmail('guessed') });
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText('Too many tries. Please wait 90 seconds.');
  await expect(page.getByText(/Please wait [1-8]?\d seconds?\./)).toBeVisible();
  await page.getByLabel(/^Password/).press('Enter');
  await expect(alert).toHaveText(/Please wait [1-8]?\d seconds?\./);
  expect(tries).toBe(1);

  await page.getByLabel('E-mail').fill(desk.admin.email);
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-disabled');
  await page.getByLabel('E-mail').press('Enter');
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  expect(tries).toBe(2);
});
