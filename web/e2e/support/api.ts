// Requests with the session of a page, beside the app.
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

type Method = 'GET' | 'POST' | 'PATCH';
export type Call = (method: Method, path: string, data?: object) => Promise<unknown>;

const SIMULTANEOUS = 4;

/** Signs a number of requests in, which must not take longer than an access token lives. */
export async function apiOf(page: Page): Promise<Call> {
  const { origin } = new URL(page.url());
  const refreshed = await page.request.post(`${origin}/api/v1/auth/refresh`, { headers: { Origin: origin } });
  const { access_token: token } = (await refreshed.json()) as { access_token: string };
  const headers = { Origin: origin, Authorization: `Bearer ${token}` };
  return async (method, path, data) => {
    const send = () => page.request.fetch(`${origin}/api/v1${path}`, { method, headers, data });
    let answer = await send();
    // A busy server may ask for patience, as every client grants it; a client id makes it safe to send again.
    for (let round = 0; answer.status() === 503 && round < 10; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answer = await send();
    }
    expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
    return (await answer.json()) as unknown;
  };
}

export async function callApi(page: Page, ...request: Parameters<Call>): Promise<unknown> {
  const call = await apiOf(page);
  return call(...request);
}

/** Writes messages, the numbers from 1 on in their texts; some at a time, so that they stand in about this order. */
export async function sendMany(page: Page, id: number, count: number): Promise<void> {
  const call = await apiOf(page);
  let written = 0;
  const write = async () => {
    while (written < count) {
      written += 1;
      await call('POST', `/tickets/${id}/messages`, { client_id: randomUUID(), body: `Message ${written}.` });
    }
  };
  await Promise.all(Array.from({ length: SIMULTANEOUS }, write));
}
