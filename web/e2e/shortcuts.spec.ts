// Staff's keyboard: single keys in the list and in a ticket, the help to them, and the palette. Whoever writes is left alone.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, openAccount, openTicket, setStatus, test } from './support/desk.ts';
import { expectFocusIn, keysWork } from './support/keyboard.ts';

const help = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Find anything' });
const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });
const link = (page: Page, title: string) => row(page, title).getByRole('link');
const reply = (page: Page) => page.getByLabel('Your message');
const note = (page: Page) => page.getByLabel('Internal note, for staff only');

/** A word that nothing else has. */
const word = () => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;

async function openPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await palette(page).getByRole('combobox').fill(text);
}

/** Does what comes first for this text. */
async function runFromPalette(page: Page, text: string, name: string): Promise<void> {
  await openPalette(page, text);
  await expect(palette(page).getByRole('option', { selected: true })).toContainText(name);
  await page.keyboard.press('Enter');
}

/** When the page had its time to answer to a key, whatever it makes of it. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

test('staff moves, opens, writes and goes back with single keys', async ({ people }) => {
  const [first, second] = [`First ${word()}`, `Second ${word()}`];
  const customer = await people.customer();
  await openTicket(customer, first, 'The one.');
  const id = await openTicket(customer, second, 'The other.');

  const page = await people.admin();
  await expect(row(page, first)).toBeVisible();
  await keysWork(page);
  await page.keyboard.press('j');
  await expect(link(page, second)).toBeFocused();
  await page.keyboard.press('j');
  await expect(link(page, first)).toBeFocused();
  await page.keyboard.press('k');
  await expect(link(page, second)).toBeFocused();
  // There is nothing above.
  await page.keyboard.press('k');
  await expect(link(page, second)).toBeFocused();
  await page.keyboard.press('x');
  await expect(row(page, second).getByRole('checkbox')).toBeChecked();
  await expect(page.getByText('1 chosen')).toBeVisible();
  await page.keyboard.press('x');
  await expect(row(page, second).getByRole('checkbox')).not.toBeChecked();

  await page.keyboard.press('Enter');
  await expect(conversation(page)).toContainText('The other.');
  await expect(reply(page)).toBeVisible();
  await page.keyboard.press('n');
  await expect(note(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(conversation(page)).toBeFocused();
  await page.keyboard.press('r');
  await expect(reply(page)).toBeFocused();
  await expect(reply(page)).toHaveValue('');
  // What is written is no command.
  await page.keyboard.type('jkxrn?/');
  await expect(reply(page)).toHaveValue('jkxrn?/');
  await expect(reply(page)).toBeFocused();
  await expect(help(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(conversation(page)).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`/admin/tickets/${id}`));

  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/admin$/);
  await expect(link(page, second)).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(link(page, second)).toBeFocused();
});

test('Escape leads from a new ticket back to the list, but not out of a field', async ({ people }) => {
  const page = await people.admin();
  await keysWork(page);
  await page.goto('/admin/tickets/new?view=all');
  await keysWork(page);
  await page.getByRole('textbox', { name: 'Title' }).fill('Half written');
  await page.keyboard.press('Escape');
  await settled(page);
  await expect(page).toHaveURL(/\/admin\/tickets\/new/);
  await page.getByRole('textbox', { name: 'Title' }).blur();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/admin\?view=all$/);
  await expect(page.getByRole('heading', { name: 'Tickets', level: 1 })).toBeVisible();
});

test('a long list scrolls along', async ({ people }) => {
  const shared = word();
  const customer = await people.customer();
  for (let place = 1; place <= 25; place += 1) {
    const title = `Number ${place}. ${shared}`;
    await callApi(customer, 'POST', '/tickets', { client_id: randomUUID(), title, description: 'One of many.' });
  }
  const page = await people.admin();
  await expect(row(page, `Number 25. ${shared}`)).toBeVisible();
  await keysWork(page);
  for (let place = 25; place >= 1; place -= 1) {
    await page.keyboard.press('j');
    await expect(link(page, `Number ${place}. ${shared}`)).toBeFocused();
    await expect(link(page, `Number ${place}. ${shared}`)).toBeInViewport();
  }
});

test('on a closed ticket only a note can be written', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Closing ${word()}`, 'Done.');
  const page = await people.admin();
  await page.goto(`/admin/tickets/${id}`);
  await setStatus(page, 'Closed');
  await expect(note(page)).toBeVisible();
  await keysWork(page);
  await page.keyboard.press('r');
  await settled(page);
  await expect(note(page)).not.toBeFocused();
  await page.keyboard.press('n');
  await expect(note(page)).toBeFocused();
});

test('keys do nothing while a menu is open, and Escape closes only that', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Busy ${word()}`, 'Wait.');
  const page = await people.admin();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/admin/tickets/${id}`);
  await expect(reply(page)).toBeVisible();
  await keysWork(page);
  await page.getByRole('button', { name: /^Status: / }).click();
  await expectFocusIn(page.getByRole('menu'));
  await page.keyboard.press('r');
  await settled(page);
  await expect(reply(page)).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/admin/tickets/${id}`));
  await page.keyboard.press('r');
  await expect(reply(page)).toBeFocused();
});

test('the palette finds tickets, leads to pages, and acts on the open ticket', async ({ people }) => {
  const title = `Found ${word()}`;
  const customer = await people.customer();
  const id = await openTicket(customer, title, 'Where am I?');
  const page = await people.admin();
  await keysWork(page);

  await openPalette(page, title.slice(0, -3));
  await expect(palette(page).getByRole('option', { name: title })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(conversation(page)).toContainText('Where am I?');
  await expect(palette(page)).toBeHidden();

  await runFromPalette(page, 'assign', 'Assign to me');
  await expect(page.getByText('Assigned to you')).toBeVisible();
  await runFromPalette(page, 'status pending', 'Set status: Pending');
  await expect(page.getByRole('button', { name: 'Status: Pending' })).toBeVisible();

  await openPalette(page, 'closed');
  await palette(page).getByRole('option', { name: 'Tickets: Closed' }).click();
  await expect(page).toHaveURL(/\/admin\?view=closed$/);
  await openPalette(page, `#${id}`);
  await expect(palette(page).getByRole('option', { selected: true })).toHaveText(`Open ticket #${id}`);
  await page.keyboard.press('Enter');
  // Beside the list, which stays as it is.
  await expect(page).toHaveURL(new RegExp(`/admin/tickets/${id}\\?view=closed$`));

  await runFromPalette(page, 'canned', 'Canned replies');
  await expect(page).toHaveURL(/\/admin\/canned-replies$/);
  await runFromPalette(page, 'dark', 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('the palette opens while one writes, and gives the focus back', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `Interrupted ${word()}`, 'Go on.');
  const page = await people.admin();
  await page.goto(`/admin/tickets/${id}`);
  await expect(reply(page)).toBeVisible();
  await keysWork(page);
  await reply(page).fill('Half a sen');
  await openPalette(page, 'nothing is called that');
  await expect(palette(page).getByText('Nothing found.')).toBeVisible();
  // To the help and back.
  await palette(page).getByRole('combobox').fill('shortcuts');
  await expect(palette(page).getByRole('option', { selected: true })).toContainText('Keyboard shortcuts');
  await page.keyboard.press('Enter');
  await expectFocusIn(help(page));
  await page.keyboard.press('Escape');
  await expect(reply(page)).toBeFocused();
  await expect(reply(page)).toHaveValue('Half a sen');
});

test('the keys can be switched off, on this device', async ({ people }) => {
  const page = await people.admin();
  await keysWork(page);
  await openAccount(page);
  const choice = page.getByRole('switch', { name: 'Use keyboard shortcuts' });
  await choice.click();
  await expect(choice).not.toBeChecked();
  await page.keyboard.press('?');
  await page.keyboard.press('ControlOrMeta+k');
  await settled(page);
  await expect(help(page)).toBeHidden();
  await expect(palette(page)).toBeHidden();

  await page.reload();
  await expect(choice).not.toBeChecked();
  await choice.click();
  await expect(choice).toBeChecked();
  await keysWork(page);
});

test('customers have no keys', async ({ people }) => {
  const page = await people.customer();
  await openAccount(page);
  await expect(page.getByRole('switch', { name: 'Play a sound' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Use keyboard shortcuts' })).toHaveCount(0);
});

test('axe finds nothing in the help and the palette', async ({ people }) => {
  const title = `Accessible ${word()}`;
  const customer = await people.customer();
  const id = await openTicket(customer, title, 'Hello?');
  const page = await people.admin();
  await page.goto(`/admin/tickets/${id}`);
  await expect(conversation(page)).toContainText('Hello?');
  await keysWork(page);
  await page.keyboard.press('?');
  await expect(help(page)).toContainText('Write an internal note');
  await expectNoFindings(page, 'help');
  await page.keyboard.press('Escape');
  await openPalette(page, '');
  await expect(palette(page).getByRole('option', { name: 'Assign to me' })).toBeVisible();
  await expectNoFindings(page, 'palette');
  await palette(page).getByRole('combobox').fill(title);
  await expect(palette(page).getByRole('option', { name: title })).toBeVisible();
  await expectNoFindings(page, 'palette with tickets');
});
