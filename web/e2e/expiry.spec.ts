// Access tokens run out and sessions end, in several tabs: unnoticed where that can be, and said where it cannot.
import type { BrowserContext, Page, Route } from '@playwright/test';
import { conversation, expect, fillLogin, newEmail, openTicket, PASSWORD, register, test } from './support/desk.ts';

const API = '**/api/v1/**';

/** Has the server refuse, from now on, the access tokens that were in use until now. */
async function expireTokens(context: BrowserContext): Promise<void> {
  const fresh = new Set<string>();
  await context.route(API, async (route: Route) => {
    const request = route.request();
    if (request.url().endsWith('/auth/refresh')) {
      const response = await route.fetch();
      if (response.ok()) fresh.add(((await response.json()) as { access_token: string }).access_token);
      return route.fulfill({ response });
    }
    const token = request.headers().authorization?.replace('Bearer ', '');
    if (token === undefined || fresh.has(token)) return route.continue();
    return route.fulfill({ status: 401, json: { code: 'token_expired', errors: [] } });
  });
}

function countRefreshes(context: BrowserContext): () => number {
  let count = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) count += 1;
  });
  return () => count;
}

const newTicketLink = (page: Page) => page.getByRole('link', { name: 'New ticket' });

test('a token that runs out is renewed for two tabs, and nobody notices', async ({ people }) => {
  const first = await people.customer();
  const context = first.context();
  await openTicket(first, 'Two tabs', 'First.');
  const second = await context.newPage();
  for (const page of [first, second]) {
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Two tabs' })).toBeVisible();
  }

  const refreshes = countRefreshes(context);
  await expireTokens(context);
  await Promise.all([first, second].map((page) => newTicketLink(page).click()));
  for (const page of [first, second]) {
    // The categories came with the new token.
    await expect.poll(() => page.getByLabel('Category').getByRole('option').count()).toBeGreaterThan(1);
  }
  // Once for both.
  expect(refreshes()).toBe(1);
});

test('a server that cannot renew the token now signs nobody out', async ({ people }) => {
  const page = await people.customer();
  const id = await openTicket(page, 'Patience', 'First.');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Patience' })).toBeVisible();

  const context = page.context();
  await expireTokens(context);
  await context.route('**/auth/refresh', (route) => route.fulfill({ status: 503, json: { code: 'unavailable', errors: [] } }));
  await page.getByRole('link', { name: 'Patience' }).click();
  await expect(page.getByText('Could not open this ticket')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/tickets/${id}$`));

  await context.unroute('**/auth/refresh');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByRole('heading', { name: 'Patience' })).toBeVisible();
});

test('signing in and out in one tab does so in the other', async ({ people }) => {
  const account = { email: newEmail('tabs'), name: 'Tabitha Tabs', password: PASSWORD };
  const first = await people.visitor();
  await register(first, account);
  const second = await first.context().newPage();
  await second.goto('/account');
  await expect(second.getByRole('heading', { name: 'Account and devices' })).toBeVisible();

  await first.getByRole('button', { name: /^Account: / }).click();
  await first.getByRole('menuitem', { name: 'Sign out' }).click();
  for (const page of [first, second]) {
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText('Your session has ended')).toHaveCount(0);
  }

  await fillLogin(first, account);
  await expect(first.getByRole('heading', { name: 'My tickets' })).toBeVisible();
  // Back to where this tab was.
  await expect(second.getByRole('heading', { name: 'Account and devices' })).toBeVisible();
});

test('whose session is ended elsewhere comes back to the same place and the same draft', async ({ people }) => {
  const account = { email: newEmail('devices'), name: 'Devi Devices', password: PASSWORD };
  const here = await people.visitor();
  await register(here, account);
  const id = await openTicket(here, 'Half a sentence', 'First.');
  await here.getByLabel('Your message').fill('I was just about to');

  const there = await people.visitor();
  await there.goto('/account');
  await fillLogin(there, account);
  await there.getByRole('button', { name: /^End the session/ }).click();

  await expect(here.getByText('Your session has ended')).toBeVisible();
  await fillLogin(here, account);
  await expect(here).toHaveURL(new RegExp(`/tickets/${id}$`));
  await expect(conversation(here)).toContainText('First.');
  await expect(here.getByLabel('Your message')).toHaveValue('I was just about to');
});
