// How fluid the console is on a desk of many tickets, 100,000 unless DESKWIRE_SCALE says otherwise, while others write.
// It prints figures; the trace of the browser is kept in test-results.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from '../support/api.ts';
import { conversation, createAdmin, expect, logIn, newEmail, PASSWORD, register, test } from '../support/desk.ts';
import { startServer } from '../support/server.ts';

const TICKETS = process.env.DESKWIRE_SCALE ?? '100000';
/** How often each is measured. */
const TIMES = 14;
/** How often somebody opens another ticket meanwhile. */
const EVERY_MS = 500;

const median = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name });

/** From the act to what it shows, in milliseconds: the median and the worst. */
async function time(what: string, act: (time: number) => Promise<void>): Promise<void> {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const start = performance.now();
    await act(time);
    took.push(performance.now() - start);
  }
  console.log(`${what}: median ${median(took).toFixed(0)} ms, worst ${Math.max(...took).toFixed(0)} ms`);
}

/** Opens a ticket now and then, until it is told to stop. */
function keepWriting(customer: Page): () => Promise<void> {
  let isOver = false;
  const writing = (async () => {
    for (let count = 1; !isOver; count += 1) {
      const ticket = { client_id: randomUUID(), title: `While one works ${count}`, description: 'Another one.' };
      await callApi(customer, 'POST', '/tickets', ticket);
      await customer.waitForTimeout(EVERY_MS);
    }
  })();
  return () => {
    isOver = true;
    return writing;
  };
}

/** How long the frames take while the list is scrolled by the wheel. */
async function frames(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    let before = performance.now();
    const next = (now: number) => {
      taken.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  // Where no news of new tickets lies over it.
  await page.locator('[data-shortcut="list"]').hover({ position: { x: 100, y: 60 } });
  for (let step = 0; step < 150; step += 1) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(30);
  }
  return page.evaluate(() => (window as unknown as { taken: number[] }).taken);
}

test('the console is fluid', async ({ browser, contextOptions }, info) => {
  const server = await startServer('embedded');
  try {
    await server.run(['demo', '--tickets', TICKETS]);
    const account = { email: newEmail('admin'), name: 'Ada Admin', password: PASSWORD };
    await createAdmin(server, account);
    const open = () => browser.newPage({ ...contextOptions, baseURL: server.url, viewport: { width: 1440, height: 900 } });
    const customer = await open();
    await register(customer, { email: newEmail('customer'), name: 'Cora Customer', password: PASSWORD });
    const admin = await open();
    await logIn(admin, account);
    await expect(admin.locator('[data-row]').first()).toBeVisible();

    const stop = keepWriting(customer);
    try {
      await admin.context().tracing.start({ screenshots: true, snapshots: false });
      await time('another view, until its rows are there', async (place) => {
        const name = ['All', 'Closed', 'Unassigned', 'Open'][place % 4] ?? 'All';
        await view(admin, name).click();
        await expect(view(admin, name)).toHaveAttribute('aria-current', 'true');
        await expect(admin.locator('[data-row]').first()).toBeVisible();
      });
      await time('another ticket, until its conversation is there', async (place) => {
        const id = await admin.locator('[data-row]').nth(place % 4).getAttribute('data-row');
        // By its number: meanwhile others come in above it.
        await admin.locator(`[data-row="${id}"]`).click();
        await admin.waitForURL(new RegExp(`/tickets/${id}`));
        await expect(conversation(admin)).toBeVisible();
      });
      await view(admin, 'All').click();
      const search = admin.getByRole('searchbox', { name: 'Search' });
      const words = ['import', 'invoice', 'reset link', 'dashboard', 'archive', 'calendar', 'export'];
      await time('a search, from the last key until it is marked', async (place) => {
        const word = words[place % words.length] ?? '';
        await search.fill(word);
        await admin.waitForURL((url) => url.searchParams.get('q') === word);
        await expect(admin.locator('[data-shortcut="list"] mark').first()).toHaveText(new RegExp(word.split(' ')[0] ?? '', 'i'));
      });
      await search.fill('');
      await expect(admin.locator('[data-row]').first()).toBeVisible();
      const taken = await frames(admin);
      const late = taken.filter((ms) => ms > 50).length;
      const sorted = taken.toSorted((a, b) => a - b);
      const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(0);
      const scrolled = await admin.locator('[data-shortcut="list"]').evaluate((list) => Math.round(list.scrollTop));
      console.log(
        `frames while scrolling ${scrolled} px: ${taken.length}, median ${at(0.5)} ms, p95 ${at(0.95)} ms, ` +
          `worst ${at(0.9999)} ms, ${late} over 50 ms`,
      );
      expect(scrolled, 'the list goes on').toBeGreaterThan(10_000);
      await admin.context().tracing.stop({ path: info.outputPath('console-trace.zip') });
    } finally {
      await stop();
    }
  } finally {
    await server.stop();
  }
});
