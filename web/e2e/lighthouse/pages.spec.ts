// Measures the sign-in page and the list with Lighthouse, as a phone and as a desktop: at least 95 in every category.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM } from '../support/chromium.ts';
import { expect, newEmail, openTicket, PASSWORD, register, test } from '../support/desk.ts';

/** The latest of the versions that run on Node 20; fetched when it is asked for. */
const LIGHTHOUSE = 'lighthouse@13.3.0';
const RUNS = 3;
const LEAST = 95;

type Scores = Record<string, number>;

for (const form of ['mobile', 'desktop'] as const) {
  test(`the sign-in page, ${form}`, async ({ desk }) => {
    await inBrowser(desk.server.url, async (port) => {
      await measure(`${desk.server.url}/login`, form, port);
    });
  });

  test(`the list of tickets, ${form}`, async ({ desk }) => {
    await inBrowser(desk.server.url, async (port, page) => {
      await register(page, { email: newEmail('lighthouse'), name: 'Lou Lighthouse', password: PASSWORD });
      for (let index = 1; index <= 12; index += 1) await openTicket(page, `Ticket ${index}`, 'Measured.');
      await page.goto('about:blank');
      await measure(`${desk.server.url}/`, form, port);
    });
  });
}

type Work = (port: number, page: Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>) => Promise<void>;

/** Runs a browser that Lighthouse can reach by a port, so that it finds whoever has signed in there. */
async function inBrowser(baseURL: string, work: Work): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'deskwire-lighthouse-'));
  const port = 9222;
  const { launchOptions } = CHROMIUM;
  const args = [...(launchOptions?.args ?? []), `--remote-debugging-port=${port}`];
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, args, baseURL, locale: 'en-GB' });
  try {
    await work(port, await context.newPage());
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Measures some times and judges the median of each category. */
async function measure(url: string, form: 'mobile' | 'desktop', port: number): Promise<void> {
  const runs: Scores[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await runLighthouse(url, form, port));
  const medians = Object.keys(runs[0] ?? {}).map((name) => [name, median(runs.map((run) => run[name] ?? 0))] as const);
  console.log(`${url} ${form}: ${medians.map(([name, score]) => `${name} ${score}`).join(', ')}`);
  for (const [name, score] of medians) expect.soft(score, `${name} of ${url}, ${form}`).toBeGreaterThanOrEqual(LEAST);
}

async function runLighthouse(url: string, form: 'mobile' | 'desktop', port: number): Promise<Scores> {
  const folder = await mkdtemp(join(tmpdir(), 'deskwire-lighthouse-'));
  const report = join(folder, 'report.json');
  const options = ['--quiet', '--disable-storage-reset', `--port=${port}`, '--output=json', `--output-path=${report}`];
  const preset = form === 'desktop' ? ['--preset=desktop'] : [];
  const child = spawn('npx', ['--yes', LIGHTHOUSE, url, ...options, ...preset], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code, 'Lighthouse').toBe(0);
  const { categories } = JSON.parse(await readFile(report, 'utf8')) as { categories: Record<string, { score: number }> };
  await rm(folder, { recursive: true });
  return Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]));
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
