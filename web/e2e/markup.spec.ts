// What people write is text wherever it is shown: never markup, never a link that runs something.
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { conversation, expect, logIn, newEmail, openTicket, PASSWORD, say, test } from './support/desk.ts';

/** Each would run somewhere: as an element, in an attribute, in a script, as an address, in a template, in SVG. */
const POLYGLOTS = [
  '<img src=x onerror="window.wasRun = true"><script>window.wasRun = true</script>',
  '"\'><svg/onload=window.wasRun=true><details open ontoggle=window.wasRun=true>',
  'javascript:/*--></title></style></textarea></script></xmp><svg/onload=\'+/"/+/onmouseover=1/+/[*/[]/+window.wasRun=true//\'>',
  '{{constructor.constructor("window.wasRun=true")()}} ${window.wasRun=true} <%= wasRun %>',
  '"><iframe srcdoc="<script>parent.wasRun=true</script>"></iframe><base href="//evil.example">',
  '[a link](javascript:window.wasRun=true) <javascript:window.wasRun=true> https://evil.example/"onmouseover="wasRun=1',
];
const ALL = POLYGLOTS.join('\n');
/** A title is one line of at most 200 characters. */
const TITLES = POLYGLOTS.map((text) => text.slice(0, 180));

async function nothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'wasRun' in window)).toBe(false);
  const suspects = 'img[src="x"], iframe, base, details, svg[onload], a[href^="javascript:" i], [onerror], [onmouseover]';
  await expect(page.locator(suspects)).toHaveCount(0);
}

/** Dialogs and requests to elsewhere would show that something ran after all. */
function watch(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on('dialog', (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (request.url().includes('evil.example')) seen.push(request.url());
  });
  return seen;
}

/** Somebody with such a name opens a ticket with such a title, beside the app. */
async function openAs(playwright: PlaywrightWorkerArgs['playwright'], url: string, polyglot: string, index: number) {
  const request = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { Origin: url } });
  const account = { email: newEmail('markup'), name: polyglot.slice(0, 80), password: PASSWORD };
  const registered = await request.post('/api/v1/auth/register', { data: account });
  const { access_token } = (await registered.json()) as { access_token: string };
  const title = `${TITLES[index]} ${Date.now()}`;
  const answer = await request.post('/api/v1/tickets', {
    headers: { Authorization: `Bearer ${access_token}` },
    data: { client_id: randomUUID(), title, description: polyglot },
  });
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as { id: number };
  await request.dispose();
  return { ...account, title, id };
}

test('names and titles are text for staff: in the list, the pop-ups, the bell, its page and the ticket', async ({
  people,
  desk,
  playwright,
}) => {
  const admin = await people.colleague();
  const seen = watch(admin.context());
  const list = admin.getByRole('region', { name: 'Tickets' });
  for (const [index, polyglot] of POLYGLOTS.entries()) {
    const { title, name, id } = await openAs(playwright, desk.server.url, polyglot, index);
    const row = list.getByRole('link').filter({ hasText: title });
    // It goes by itself.
    await expect(admin.getByRole('group', { name: `New ticket #${id}` })).toContainText(title);
    await expect(row).toContainText(name);
    await row.click();
    await expect(conversation(admin)).toContainText(name);
    await nothingRan(admin);
    // A list under the pointer would hold back the next ticket.
    await conversation(admin).hover();
  }
  await admin.getByRole('link', { name: /Deskwire/ }).click();
  await admin.getByRole('button', { name: /^Notifications/ }).click();
  await expect(admin.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
  await nothingRan(admin);
  await admin.getByRole('link', { name: 'All notifications' }).click();
  for (const title of TITLES) await expect(admin.getByRole('main')).toContainText(title);
  await nothingRan(admin);
  expect(seen).toEqual([]);
});

test('names and titles are text for their customer: in the list, the title, the ticket and the account', async ({
  people,
  desk,
  playwright,
}) => {
  for (const [index, polyglot] of POLYGLOTS.entries()) {
    const { id, ...account } = await openAs(playwright, desk.server.url, polyglot, index);
    const customer = await people.visitor();
    const seen = watch(customer.context());
    await logIn(customer, account);
    await customer.getByRole('link').filter({ hasText: account.title }).click();
    await expect(customer.getByRole('heading', { level: 1 })).toContainText(account.title);
    await expect(customer).toHaveTitle(new RegExp(`#${id}`));
    await expect(conversation(customer)).toContainText(polyglot);
    await nothingRan(customer);
    await customer.getByRole('button', { name: /^Account: / }).click();
    await customer.getByRole('menuitem', { name: 'Account and devices' }).click();
    await expect(customer.getByLabel('Name')).toHaveValue(account.name);
    await nothingRan(customer);
    expect(seen).toEqual([]);
  }
});

test('messages, notes and drafts are text', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const seen = [watch(admin.context()), watch(customer.context())];
  const id = await openTicket(customer, `Markup in messages ${Date.now()}`, ALL);
  await admin.goto(`/admin/tickets/${id}`);
  for (const text of POLYGLOTS) await expect(conversation(admin)).toContainText(text);

  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill(`Note: ${ALL}`);
  await admin.getByRole('button', { name: 'Add note' }).click();
  await admin.getByText('Reply', { exact: true }).click();
  await say(admin, `Answer: ${ALL}`);
  await expect(conversation(customer)).toContainText('Answer: <img');
  // A fence makes no difference.
  await say(customer, `\`\`\`\n${ALL}\n\`\`\``);
  await expect(conversation(admin).getByRole('group', { name: 'Code' })).toContainText(POLYGLOTS[1] ?? '');
  await customer.getByLabel('Your message').fill(ALL);

  for (const page of [admin, customer]) {
    await nothingRan(page);
    await page.reload();
    await expect(conversation(page)).toContainText('Answer: <img');
    await nothingRan(page);
  }
  await expect(customer.getByLabel('Your message')).toHaveValue(ALL);
  expect(seen.flat()).toEqual([]);
});
