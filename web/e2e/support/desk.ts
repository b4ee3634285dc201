// Fixtures: a desk with an admin, and people with a browser each.
import { randomUUID } from 'node:crypto';
import { test as base, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { callApi } from './api.ts';
import { type Mode, type Server, startServer } from './server.ts';

export interface DeskOptions {
  mode: Mode;
  /** Of the server, beside those that all tests have. */
  settings: Record<string, string>;
}

export interface Desk {
  server: Server;
  admin: Account;
}

export interface Account {
  email: string;
  name: string;
  password: string;
}

export interface People {
  /** A new customer, signed in, in a browser of their own. */
  customer: (name?: string) => Promise<Page>;
  /** The admin, signed in, in a browser of their own. */
  admin: () => Promise<Page>;
  /** Another admin, who was told of nothing yet, likewise. */
  colleague: (name?: string) => Promise<Page>;
  /** Somebody who is not signed in. */
  visitor: () => Promise<Page>;
}

export const PASSWORD = 'walnut-Corridor-29-ember';

export const test = base.extend<{ people: People }, DeskOptions & { desk: Desk }>({
  mode: ['embedded', { option: true, scope: 'worker' }],
  settings: [{}, { option: true, scope: 'worker' }],

  desk: [
    async ({ mode, settings }, use) => {
      const server = await startServer(mode, settings);
      const admin = { email: newEmail('admin'), name: 'Ada Admin', password: PASSWORD };
      await createAdmin(server, admin);
      await use({ server, admin });
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  people: async ({ browser, desk, contextOptions }, use, testInfo) => {
    const saidBefore = desk.server.output().length;
    const contexts: BrowserContext[] = [];
    const faults: Error[] = [];
    /** Without the forms, which have tests of their own: they take most of a short test's time. */
    const arrive = async (page: Page, by: 'register' | 'login', { email, password, name }: Account) => {
      const { url } = desk.server;
      const data = by === 'register' ? { email, password, name } : { email, password };
      const answer = await page.request.post(`${url}/api/v1/auth/${by}`, { headers: { Origin: url }, data });
      expect(answer.ok(), `${by}: ${answer.status()}`).toBe(true);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: /^(My tickets|Tickets)$/ })).toBeVisible();
      return page;
    };
    const open = async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: desk.server.url });
      contexts.push(context);
      // Of every tab.
      context.on('weberror', (fault) => faults.push(fault.error()));
      return context.newPage();
    };
    await use({
      visitor: open,
      customer: async (name = 'Cora Customer') => {
        return arrive(await open(), 'register', { email: newEmail('customer'), name, password: PASSWORD });
      },
      admin: async () => {
        return arrive(await open(), 'login', desk.admin);
      },
      colleague: async (name = 'Bea Colleague') => {
        const account = { email: newEmail('colleague'), name, password: PASSWORD };
        await createAdmin(desk.server, account);
        return arrive(await open(), 'login', account);
      },
    });
    await Promise.all(contexts.map((context) => context.close()));
    if (testInfo.status !== testInfo.expectedStatus) {
      console.log(`The server said during “${testInfo.title}”:\n${desk.server.output().slice(saidBefore)}`);
    }
    expect(faults, 'what no page has caught').toEqual([]);
  },
});

export { expect };

export async function createAdmin(server: Server, { email, name, password }: Account): Promise<void> {
  await server.run(['admin', 'create', '--email', email, '--name', name, '--password-stdin'], password);
}

export function newEmail(who: string): string {
  return `${who}-${randomUUID()}@example.org`;
}

export async function register(page: Page, { email, name, password }: Account): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
}

export async function logIn(page: Page, account: Account): Promise<void> {
  await page.goto('/login');
  await fillLogin(page, account);
  await expect(page.getByRole('heading', { name: /^(My tickets|Tickets)$/ })).toBeVisible();
}

/** Sends the sign-in form of the open page. */
export async function fillLogin(page: Page, { email, password }: Pick<Account, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens a ticket as a customer by the form. */
export async function fillNewTicket(page: Page, title: string, description: string): Promise<void> {
  await page.goto('/tickets/new');
  await page.getByLabel('What is it about?').fill(title);
  await page.getByLabel('What happened?').fill(description);
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

/** Opens a ticket as a customer, beside the form, shows it and returns its number. */
export async function openTicket(page: Page, title: string, description: string): Promise<number> {
  const isOnList = new URL(page.url()).pathname === '/';
  const ticket = { client_id: randomUUID(), title, description };
  const { id } = (await callApi(page, 'POST', '/tickets', ticket)) as { id: number };
  if (isOnList) await page.getByRole('link', { name: title }).click();
  else await page.goto(`/tickets/${id}`);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return id;
}

export async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Account and devices' }).click();
  await expect(page.getByRole('heading', { name: 'Account and devices' })).toBeVisible();
}

/** The part of the account page that lists the sessions. */
export function devices(page: Page) {
  return page.getByRole('region', { name: 'Devices' });
}

export function conversation(page: Page) {
  return page.getByRole('log', { name: 'Conversation' });
}

/** The message with this text. While it is on its way there may be more than one delivery state on the page. */
export function message(page: Page, text: string) {
  return conversation(page).getByRole('article').filter({ hasText: text }).last();
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('ControlOrMeta+Enter');
}

/** Types on until it is seen: it is told every few seconds only, and not shown for much longer. */
export async function typeUntilSeen(page: Page, ...signs: Locator[]): Promise<void> {
  await expect(async () => {
    await page.getByLabel('Your message').press('m');
    for (const sign of signs) await expect(sign).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Takes the network away, and waits until the page knows: before, it would still send what is written. */
export async function goOffline(page: Page): Promise<void> {
  // What says so loads after everything else, and could not any more.
  await expect(page.locator('#content > [role="status"]:first-child')).toBeAttached();
  await page.context().setOffline(true);
  await expect(page.getByText(/^You are offline/)).toBeVisible();
}

/** Sets the status of the ticket that staff has open. */
export async function setStatus(admin: Page, status: string): Promise<void> {
  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: status }).click();
  // What was chosen shows at once. It is so when the server has answered.
  await expect(admin.getByRole('button', { name: `Status: ${status}` })).toHaveAttribute('aria-busy', 'false');
}
