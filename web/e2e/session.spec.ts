// Who is signed in: across reloads, across tabs, and in the right place.
import { expect, newEmail, openTicket, PASSWORD, register, test } from './support/desk.ts';
import { startServer } from './support/server.ts';

test('the set-up link makes the first admin', async ({ browser }) => {
  const server = await startServer('embedded');
  try {
    await expect.poll(() => server.output()).toContain('/setup#token=');
    const link = /http\S+\/setup#token=[\w-]+/.exec(server.output())?.[0] ?? '';
    const page = await browser.newPage();
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Set up this desk' })).toBeVisible();
    expect(page.url()).not.toContain('token');
    await page.getByLabel('E-mail').fill(newEmail('first'));
    await page.getByLabel('Name').fill('First Admin');
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the admin account' }).click();
    await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
    await expect(page.getByText('All done')).toBeVisible();

    // The link worked once.
    const later = await browser.newPage();
    await later.goto(link);
    await later.getByLabel('E-mail').fill(newEmail('second'));
    await later.getByLabel('Name').fill('Second Admin');
    await later.getByLabel(/^Password/).fill(PASSWORD);
    await later.getByRole('button', { name: 'Make the admin account' }).click();
    await expect(later.getByRole('alert')).toBeVisible();
    await later.close();
    await page.close();
  } finally {
    await server.stop();
  }
});

test('a session survives a reload, and signing out ends it in every tab', async ({ people }) => {
  const page = await people.customer();
  const second = await page.context().newPage();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
  await second.goto('/');
  await expect(second.getByRole('heading', { name: 'My tickets' })).toBeVisible();

  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('signing in leads to where one wanted to go', async ({ people, desk }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'Deep link', 'First.');
  const visitor = await people.visitor();
  await visitor.goto(`/tickets/${id}`);
  await visitor.getByLabel('E-mail').fill(desk.admin.email);
  await visitor.getByLabel(/^Password/).fill(desk.admin.password);
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  // Staff has the same ticket at another address.
  await expect(visitor).toHaveURL(new RegExp(`/admin/tickets/${id}$`));
  await expect(visitor.getByRole('heading', { name: 'Deep link' })).toBeVisible();
});

test('the ticket of somebody else does not exist', async ({ people }) => {
  const owner = await people.customer('Owner');
  const id = await openTicket(owner, 'Private', 'First.');
  const stranger = await people.customer('Stranger');
  await stranger.goto(`/tickets/${id}`);
  await expect(stranger.getByText('This does not exist, or it is not yours.')).toBeVisible();
  await stranger.goto('/admin');
  await expect(stranger.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('forms say at the field what is wrong', async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.goto('/register');
  await visitor.getByRole('button', { name: 'Create account' }).click();
  await expect(visitor.getByLabel('E-mail')).toBeFocused();
  await expect(visitor.getByText('Please fill this in.')).toHaveCount(3);

  const account = { email: newEmail('twice'), name: 'Twice', password: PASSWORD };
  const first = await people.visitor();
  await register(first, account);
  await visitor.getByLabel('E-mail').fill(account.email);
  await visitor.getByLabel('Name').fill(account.name);
  await visitor.getByLabel(/^Password/).fill('short');
  await expect(visitor.getByText('At least 10 characters, please.')).toBeVisible();
  await visitor.getByLabel(/^Password/).fill(account.password);
  await visitor.getByRole('button', { name: 'Create account' }).click();
  await expect(visitor.getByText('This e-mail address already has an account.')).toBeVisible();
});
