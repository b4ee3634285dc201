// Parts of the app that do not load: what is there goes on, and trying again helps.
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { expect, openTicket, test } from './support/desk.ts';

/** Lets the chunks with this name get lost, until told otherwise. */
async function lose(page: Page, name: string): Promise<() => Promise<void>> {
  const chunk = `**/assets/${name}-*.js`;
  await page.route(chunk, (route) => route.abort());
  return () => page.unroute(chunk);
}

test('a page that does not load can be tried again', async ({ people }) => {
  const page = await people.customer();
  const find = await lose(page, 'AccountPage');
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Account and devices' }).click();
  await expect(page.getByRole('heading', { name: 'Something went wrong here' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Something went wrong here' })).toBeVisible();
  await find();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Account and devices' })).toBeVisible();
});

test('the page goes on without the tools of the header, which come later', async ({ people }) => {
  const page = await people.customer();
  await openTicket(page, 'Without a bell', 'First.');
  const find = await lose(page, 'HeaderTools');
  const findBanner = await lose(page, 'ConnectionBanner');
  await page.goto('/');
  const again = page.getByRole('banner').getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await expect(page.getByRole('link', { name: 'Without a bell' })).toBeVisible();
  await expectNoFindings(page, 'no tools in the header');
  await find();
  await findBanner();
  await again.click();
  await expect(page.getByRole('button', { name: /^Notifications/ })).toBeVisible();
  await expect(again).toHaveCount(0);
});

test('the tools of the header are tried again by themselves', async ({ people }) => {
  const page = await people.customer();
  const find = await lose(page, 'HeaderTools');
  await page.clock.install();
  await page.goto('/');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Try again' })).toBeVisible();
  await find();
  await page.clock.fastForward(20_000);
  await expect(page.getByRole('button', { name: /^Notifications/ })).toBeVisible();
});

test('a list that is empty says so later, if that does not load', async ({ people }) => {
  const page = await people.customer();
  const find = await lose(page, 'NoneHere');
  await page.goto('/');
  await expect(page.getByText('Could not load the tickets')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New ticket' })).toBeVisible();
  await find();
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No tickets yet')).toBeVisible();
});

test.describe('in German', () => {
  test.use({ locale: 'de-AT' });

  test('what has no texts is shown in English', async ({ people }) => {
    const page = await people.visitor();
    // The texts of both languages have the same name; the German ones are asked for first.
    let isFirst = true;
    await page.route('**/assets/account-*.js', (route) => {
      const isLost = isFirst;
      isFirst = false;
      return isLost ? route.abort() : route.continue();
    });
    await page.goto('/login');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(isFirst).toBe(false);
  });
});
