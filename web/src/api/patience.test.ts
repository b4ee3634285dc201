import axios, { AxiosError, type AxiosResponse, CanceledError, type InternalAxiosRequestConfig } from 'axios';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bePatient } from './patience';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that puts off the first requests, with these headers. */
function setUp(refusals: number, headers: Record<string, string> = { 'retry-after': '2' }) {
  const sentAt: number[] = [];
  const begun = Date.now();
  const http = axios.create({
    adapter: (config) => {
      if (config.signal?.aborted) return Promise.reject(new CanceledError());
      sentAt.push(Date.now() - begun);
      if (sentAt.length > refusals) return Promise.resolve(answer(config, 200, 'fine'));
      const response = answer(config, 503, { code: 'unavailable', errors: [] }, headers);
      return Promise.reject(new AxiosError('put off', 'ERR_BAD_RESPONSE', config, null, response));
    },
  });
  bePatient(http);
  return { http, sentAt };
}

function answer(config: InternalAxiosRequestConfig, status: number, data: unknown, headers = {}): AxiosResponse {
  return { config, status, data, statusText: '', headers };
}

/** What becomes of a request, however long it takes. */
async function settled(request: Promise<AxiosResponse>): Promise<unknown> {
  const outcome = request.then(
    ({ data }) => data as unknown,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return outcome;
}

it('asks again when the server said, a little later than that', async () => {
  const { http, sentAt } = setUp(2);
  expect(await settled(http.get('/x'))).toBe('fine');
  expect(sentAt).toHaveLength(3);
  const [, second = 0, third = 0] = sentAt;
  for (const pause of [second, third - second]) {
    expect(pause).toBeGreaterThanOrEqual(2_000);
    expect(pause).toBeLessThan(3_000);
  }
});

it('gives up after the third refusal', async () => {
  const { http, sentAt } = setUp(3);
  expect(await settled(http.get('/x'))).toBeInstanceOf(AxiosError);
  expect(sentAt).toHaveLength(3);
});

it.each([
  ['a write', 'post', { 'retry-after': '2' }],
  ['a server that does not say when', 'get', {}],
  ['a long pause', 'get', { 'retry-after': '60' }],
])('does not repeat %s', async (_what, method, headers) => {
  const { http, sentAt } = setUp(1, headers);
  expect(await settled(http.request({ url: '/x', method }))).toBeInstanceOf(AxiosError);
  expect(sentAt).toHaveLength(1);
});

it('waits no longer when nobody wants the answer any more', async () => {
  const { http, sentAt } = setUp(1);
  const leaving = new AbortController();
  const request = settled(http.get('/x', { signal: leaving.signal }));
  leaving.abort();
  expect(await request).toBeInstanceOf(CanceledError);
  expect(sentAt).toHaveLength(1);
});
