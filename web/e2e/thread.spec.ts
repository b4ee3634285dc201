// The conversation itself: thousands of messages, links, logs, and where one stands in it.
import type { Locator } from '@playwright/test';
import { sendMany } from './support/api.ts';
import { conversation, expect, goOffline, message, openTicket, say, test } from './support/desk.ts';

const MANY = 800;
/** Rows that are drawn at a time, however many there are. */
const DRAWN = 200;

test('a conversation of 800 messages can be read to its beginning, and never jumps', async ({ people }) => {
  test.setTimeout(420_000);
  const customer = await people.customer();
  const id = await openTicket(customer, 'A very long one', 'The very first words.');
  await sendMany(customer, id, MANY);
  await customer.reload();
  const log = conversation(customer);
  await expect(log.getByRole('article').first()).toBeVisible();
  await expect.poll(() => distanceToEnd(log)).toBeLessThan(40);

  // Before an older page comes, note a message on the screen; it must not have moved when the page is there.
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await customer.route('**/timeline?*before=*', async (route) => {
    await held;
    await route.continue();
  });
  await log.evaluate((pane) => pane.scrollTo(0, 300));
  await expect.poll(() => scrollTop(log)).toBeLessThan(400);
  const anchor = await messageInTheMiddle(log);
  const before = await topOf(log, anchor);
  letThrough();
  await expect.poll(() => scrollTop(log)).toBeGreaterThan(1_000);
  await expect.poll(async () => Math.abs((await topOf(log, anchor)) - before)).toBeLessThan(4);
  await customer.unroute('**/timeline?*before=*');

  const seen = new Set<string>();
  let drawn = 0;
  const deadline = Date.now() + 240_000;
  await log.evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  await expect(log.getByRole('article').last()).toBeInViewport();
  while (!seen.has('The very first words.')) {
    expect(Date.now(), `${seen.size} messages seen`).toBeLessThan(deadline);
    const { texts, rows } = await readAndGoUp(log);
    texts.forEach((text) => seen.add(text));
    drawn = Math.max(drawn, rows);
  }
  expect(seen.size).toBe(MANY + 1);
  expect(drawn).toBeLessThan(DRAWN);
  await expect(customer.getByRole('button', { name: 'Show earlier messages' })).toHaveCount(0);
});

test('what looks like an address becomes a link only where it is safe', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'Links', 'First.');
  const text =
    'See https://example.org/a?b=1, www.example.com and help@example.org, not javascript:alert(1) nor data:text/html,hi.';
  await say(customer, text);
  await expect(message(customer, text)).toBeVisible();
  const links = message(customer, text).getByRole('link');
  const found = await links.evaluateAll((all) =>
    all.map((link) => [link.textContent, ...['href', 'target', 'rel'].map((name) => link.getAttribute(name))]),
  );
  const outside = ['_blank', 'noopener noreferrer nofollow ugc'];
  expect(found).toEqual([
    ['https://example.org/a?b=1', 'https://example.org/a?b=1', ...outside],
    ['www.example.com', 'https://www.example.com', ...outside],
    ['help@example.org', 'mailto:help@example.org', null, null],
  ]);
});

test('a log scrolls in itself, by keyboard too, and a long text opens when asked', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'A log', 'First.');
  const line = (second: number) =>
    `2026-01-31T09:15:${second}.000Z ERROR printer: out of paper tray=2 ${'and so on '.repeat(20)}end`;
  const log = [10, 11, 12, 13].map(line).join('\n');
  await say(customer, `This is what it says:\n${log}`);

  const block = conversation(customer).getByRole('group', { name: 'Log' });
  await expect(block).toHaveText(log);
  await block.focus();
  await customer.keyboard.press('ArrowRight');
  await expect.poll(() => block.evaluate((pre) => pre.scrollLeft)).toBeGreaterThan(0);
  const heights = await block.evaluate((pre) => [pre.clientHeight, parseFloat(getComputedStyle(pre).lineHeight)]);
  expect(heights[0]).toBeLessThan(7 * (heights[1] ?? 0));

  await say(customer, `A long story. ${'It goes on and on. '.repeat(150)}The end.`);
  const story = message(customer, 'A long story.');
  await expect(story).not.toContainText('The end.');
  await story.getByRole('button', { name: 'Show all', expanded: false }).click();
  await expect(story).toContainText('The end.');
  await story.getByRole('button', { name: 'Show less', expanded: true }).click();
  await expect(story).not.toContainText('The end.');
});

test('a block is copied with a word about it, where the browser lets a page copy', async ({ people }) => {
  const customer = await people.customer();
  await customer.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTicket(customer, 'To copy', 'Try this:\n```\nls -l\n```');
  const copy = conversation(customer).getByRole('button', { name: 'Copy' });
  await copy.click();
  await expect(conversation(customer).getByRole('status')).toHaveText('Copied');
  expect(await customer.evaluate(() => navigator.clipboard.readText())).toBe('ls -l');

  await customer.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
  await customer.reload();
  await expect(conversation(customer).getByRole('group', { name: 'Code' })).toHaveText('ls -l');
  await expect(copy).toHaveCount(0);
});

test('a message keeps its place on the page, and the focus in it, from the first moment on', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'One row', 'First.');
  await goOffline(customer);
  await say(customer, `A long story. ${'It goes on and on. '.repeat(150)}The end.`);
  const story = message(customer, 'A long story.');
  await expect(story.getByText('Waiting for the connection')).toBeVisible();
  const row = await story.elementHandle();
  await story.getByRole('button', { name: 'Show all' }).click();

  await customer.context().setOffline(false);
  await expect(story.getByText('Sent', { exact: true })).toBeVisible();
  await expect(story.getByRole('button', { name: 'Show less', expanded: true })).toBeFocused();
  expect(await story.evaluate((now, before) => now === before, row)).toBe(true);
});

test('new messages wait below for who reads further up, and have a divider for who comes back', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Up and down ${Date.now()}`, 'The very first words.');
  await sendMany(customer, id, 40);
  await admin.goto(`/admin/tickets/${id}`);
  const log = conversation(admin);
  await expect.poll(() => distanceToEnd(log)).toBeLessThan(40);
  await expect(log).toHaveAttribute('aria-live', 'polite');

  await log.evaluate((pane) => pane.scrollTo(0, 0));
  await expect(log).toContainText('The very first words.');
  await expect(log).toHaveAttribute('aria-live', 'off');
  let before = Number.NaN;
  await expect
    .poll(async () => {
      const last = before;
      before = await scrollTop(log);
      return before - last;
    })
    .toBe(0);
  await say(customer, 'Are you still there?');
  const toLatest = admin.getByRole('button', { name: '1 new message' });
  await expect(toLatest).toBeVisible();
  expect(await scrollTop(log)).toBe(before);
  await toLatest.click();
  await expect(message(admin, 'Are you still there?')).toBeInViewport();
  await expect(toLatest).toHaveCount(0);

  // Away, and back to more than fits the screen.
  await admin.goto('/admin');
  await sendMany(customer, id, 30);
  await admin.goto(`/admin/tickets/${id}`);
  await expect(log.getByText('New', { exact: true })).toBeInViewport();
  await expect.poll(() => distanceToEnd(log)).toBeGreaterThan(100);
});

interface Drawn {
  texts: string[];
  rows: number;
}

/**
 * The messages that are in the document, and the rows they are among. Then half a screen up, but never past the first of
 * them: what is not drawn yet would be passed over.
 */
function readAndGoUp(log: Locator): Promise<Drawn> {
  return log.evaluate(async (pane) => {
    const drawn = {
      texts: [...pane.querySelectorAll('article [dir=auto]')].map((body) => body.textContent ?? ''),
      rows: pane.lastElementChild?.childElementCount ?? 0,
    };
    const top = pane.getBoundingClientRect().top;
    const above = top - (pane.querySelector('article')?.getBoundingClientRect().top ?? top);
    pane.scrollBy(0, -Math.min(pane.clientHeight / 2, Math.max(above, 0)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return drawn;
  });
}

function messageInTheMiddle(log: Locator): Promise<string> {
  return log.evaluate((pane) => {
    const { top, height } = pane.getBoundingClientRect();
    const bodies = [...pane.querySelectorAll('article [dir=auto]')];
    return bodies.find((body) => body.getBoundingClientRect().top > top + height / 2)?.textContent ?? '';
  });
}

async function topOf(log: Locator, text: string): Promise<number> {
  return (await log.getByText(text, { exact: true }).boundingBox())?.y ?? Number.NaN;
}

function scrollTop(log: Locator): Promise<number> {
  return log.evaluate((pane) => pane.scrollTop);
}

function distanceToEnd(log: Locator): Promise<number> {
  return log.evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
}
