import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setAccessToken } from './accessToken';
import { download, fileNameIn, readingRefusals } from './download';
import { http, refresher } from './http';

type Answer = (config: InternalAxiosRequestConfig) => Promise<AxiosResponse>;

/** Answers as the browser does where a file was asked for: with a blob, whatever it is. */
function answerWith(...answers: Answer[]) {
  const seen: InternalAxiosRequestConfig[] = [];
  vi.spyOn(http.defaults, 'adapter', 'get').mockReturnValue((config: InternalAxiosRequestConfig) => {
    seen.push(config);
    return answers[Math.min(seen.length, answers.length) - 1]!(config);
  });
  return seen;
}

const fine: Answer = (config) =>
  Promise.resolve({
    config,
    status: 200,
    statusText: '',
    data: new Blob(['number,title']),
    headers: { 'content-disposition': 'attachment; filename="tickets-2026-01-31.csv"' },
  });

const refused =
  (status: number, body: string): Answer =>
  (config) =>
    Promise.reject(
      new AxiosError('refused', 'ERR_BAD_REQUEST', config, null, {
        config,
        status,
        statusText: '',
        data: new Blob([body]),
        headers: {},
      }),
    );

afterEach(() => setAccessToken(null));

it('hands on the file with its name, and waits as long as it takes', async () => {
  const seen = answerWith(fine);
  const { name, content } = await download('/tickets/export', { q: 'printer' });
  expect(name).toBe('tickets-2026-01-31.csv');
  expect(await content.text()).toBe('number,title');
  expect(seen[0]).toMatchObject({ url: '/tickets/export', params: { q: 'printer' }, responseType: 'blob', timeout: 0 });
});

it('tells a file that holds a part only', async () => {
  const part: Answer = async (config) => ({ ...(await fine(config)), headers: { 'deskwire-truncated': 'true' } });
  answerWith(fine, part);
  expect((await download('/tickets/export', {})).isTruncated).toBe(false);
  expect((await download('/tickets/export', {})).isTruncated).toBe(true);
});

it('renews a token that ran out, though the refusal comes as a file', async () => {
  vi.spyOn(refresher, 'refresh').mockImplementation(() => {
    setAccessToken('new');
    return Promise.resolve('new');
  });
  const seen = answerWith(refused(401, '{"code":"token_expired","errors":[]}'), fine);
  expect((await download('/tickets/export', {})).name).toBe('tickets-2026-01-31.csv');
  expect(seen.map(({ headers }) => headers.get('Authorization'))).toEqual([undefined, 'Bearer new']);
});

describe('rejects with what went wrong', () => {
  it('by the words of the server', async () => {
    answerWith(refused(403, '{"code":"forbidden","errors":[]}'));
    await expect(download('/tickets/export', {})).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('by the status when something between us has answered', async () => {
    answerWith(refused(503, '<html>'));
    await expect(download('/tickets/export', {})).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('when the file breaks off', async () => {
    answerWith((config) => Promise.reject(new AxiosError('Network Error', 'ERR_NETWORK', config)));
    await expect(download('/tickets/export', {})).rejects.toMatchObject({ code: 'no_answer' });
  });
});

it('leaves other refusals as they are', async () => {
  const error = new Error('of another kind');
  await expect(readingRefusals(() => Promise.reject(error))({} as InternalAxiosRequestConfig)).rejects.toBe(error);
});

it.each([
  ['attachment; filename="tickets-2026-01-31.csv"', 'tickets-2026-01-31.csv'],
  ['attachment; filename=tickets.csv; size=3', 'tickets.csv'],
  ['attachment; filename="../x"', null],
  ['attachment; filename=""', null],
  ['attachment', null],
  [undefined, null],
])('finds in %j the name %j', (disposition, name) => {
  expect(fileNameIn(disposition)).toBe(name);
});
