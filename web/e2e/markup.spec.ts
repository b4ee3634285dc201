// What people write is text wherever it is shown: never markup, never a link that runs something.
import type { BrowserContext, Page } from '@playwright/test';
import { conversation, expect, newEmail, openTicket, PASSWORD, register, say, test } from './support/desk.ts';

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

for (const [index, polyglot] of POLYGLOTS.entries()) {
  test(`a name and a title are text everywhere, ${index + 1}`, async ({ people }) => {
    const admin = await people.admin();
    const customer = await people.visitor();
    const seen = [watch(admin.context()), watch(customer.context())];
    const name = polyglot.slice(0, 80);
    await register(customer, { email: newEmail('markup'), name, password: PASSWORD });
    const title = `${TITLES[index]} ${Date.now()}`;
    const id = await openTicket(customer, title, polyglot);

    // In the list, the pop-up, the bell and the page of notifications of the admin, without a reload.
    const row = admin.getByRole('region', { name: 'Tickets' }).getByRole('link').filter({ hasText: title });
    await expect(row).toContainText(name);
    await admin.getByRole('button', { name: /^Notifications/ }).click();
    await expect(admin.getByRole('dialog', { name: 'Notifications' })).toContainText(title);
    await nothingRan(admin);
    await admin.keyboard.press('Escape');
    await admin.goto('/notifications');
    await expect(admin.getByRole('main')).toContainText(title);
    await nothingRan(admin);
    await admin.goto(`/admin/tickets/${id}`);
    await expect(conversation(admin)).toContainText(name);
    await nothingRan(admin);

    await expect(customer.getByRole('heading', { name: title })).toBeVisible();
    await expect(customer).toHaveTitle(new RegExp(`#${id}`));
    await nothingRan(customer);
    await customer.goto('/');
    await expect(customer.getByRole('link').filter({ hasText: title })).toBeVisible();
    await nothingRan(customer);
    await customer.goto(`/tickets/new?follows=${id}`);
    await expect(customer.getByLabel('What is it about?')).not.toHaveValue('');
    await nothingRan(customer);
    await customer.goto('/account');
    await expect(customer.getByLabel('Name')).toHaveValue(name);
    await nothingRan(customer);
    expect(seen.flat()).toEqual([]);
  });
}

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
