import axios, { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { expect, it, vi } from 'vitest';
import { authorise } from './authorisation';

/** A server that lets in one token only. */
function setUp({ valid, refresh }: { valid: string; refresh: () => Promise<string | null> }) {
  let token: string | null = 'old';
  const onSignedOut = vi.fn();
  const refreshed = vi.fn(async () => {
    token = await refresh();
    return token;
  });
  const requests: string[] = [];
  const http = axios.create({
    adapter: (config) => {
      const sent = String(config.headers.get('Authorization'));
      requests.push(sent);
      if (sent === `Bearer ${valid}`) return Promise.resolve(answer(config, 200, 'fine'));
      return Promise.reject(refusal(config, 'token_expired'));
    },
  });
  authorise(http, { accessToken: () => token, refresh: refreshed, onSignedOut });
  return { http, refreshed, requests, onSignedOut };
}

function answer(config: InternalAxiosRequestConfig, status: number, data: unknown): AxiosResponse {
  return { config, status, data, statusText: '', headers: {} };
}

function refusal(config: InternalAxiosRequestConfig, code: string): AxiosError {
  const response = answer(config, 401, { code, errors: [] });
  return new AxiosError('refused', 'ERR_BAD_REQUEST', config, null, response);
}

it('refreshes a token that ran out and repeats the request', async () => {
  const { http, requests } = setUp({ valid: 'new', refresh: () => Promise.resolve('new') });
  expect((await http.get('/x')).data).toBe('fine');
  expect(requests).toEqual(['Bearer old', 'Bearer new']);
});

it('repeats once only', async () => {
  const { http, requests, onSignedOut } = setUp({ valid: 'never', refresh: () => Promise.resolve('new') });
  await expect(http.get('/x')).rejects.toBeInstanceOf(AxiosError);
  expect(requests).toHaveLength(2);
  expect(onSignedOut).toHaveBeenCalledOnce();
});

it('does not refresh for a request that was sent with the token of before', async () => {
  const { http, refreshed } = setUp({ valid: 'new', refresh: () => Promise.resolve('new') });
  await http.get('/x');
  await http.get('/x', { headers: { Authorization: 'Bearer old' } });
  expect(refreshed).toHaveBeenCalledOnce();
});

it('signs out when there is no session any more', async () => {
  const { http, onSignedOut } = setUp({ valid: 'new', refresh: () => Promise.resolve(null) });
  await expect(http.get('/x')).rejects.toBeInstanceOf(AxiosError);
  expect(onSignedOut).toHaveBeenCalledOnce();
});

it('does not sign out when the server cannot say whether there is a session', async () => {
  const { http, onSignedOut } = setUp({ valid: 'new', refresh: () => Promise.reject(new AxiosError('Network Error')) });
  await expect(http.get('/x')).rejects.toThrow('Network Error');
  expect(onSignedOut).not.toHaveBeenCalled();
});

it('leaves requests alone that need no token', async () => {
  const { http, refreshed, requests } = setUp({ valid: 'new', refresh: () => Promise.resolve('new') });
  await expect(http.post('/auth/login', {}, { anonymous: true })).rejects.toBeInstanceOf(AxiosError);
  expect(refreshed).not.toHaveBeenCalled();
  expect(requests).toEqual(['undefined']);
});
