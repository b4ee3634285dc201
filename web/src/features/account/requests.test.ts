import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AxiosError, AxiosHeaders } from 'axios';
import { accessToken, setAccessToken } from '@/api/accessToken';
import { http } from '@/api/http';
import { tellTabs } from '@/api/tabs';
import { logOut, resetPassword } from './requests';

vi.mock('@/api/tabs', () => ({
  tellTabs: vi.fn(),
  tellTabsInTurn: vi.fn(),
  confirmHeard: vi.fn(),
  exclusivelyAmongTabs: vi.fn(),
}));

const RESET = { token: 'one-time', password: 'staple lantern mosaic quiver' };

function failed(status: number): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('failed', undefined, config, null, { status, data: {}, headers: {}, config, statusText: '' });
}

beforeEach(() => {
  vi.mocked(tellTabs).mockClear();
  setAccessToken('token');
});

describe('a password that was reset', () => {
  it('ends the session of all tabs by that one request', async () => {
    const post = vi.spyOn(http, 'post').mockResolvedValue({});
    await resetPassword(RESET);
    expect(post).toHaveBeenCalledExactlyOnceWith('/auth/reset', RESET, { anonymous: true });
    expect(accessToken()).toBeNull();
    expect(tellTabs).toHaveBeenCalledExactlyOnceWith({ type: 'signed_out' });
  });

  it('ends nothing when the server refuses it', async () => {
    vi.spyOn(http, 'post').mockRejectedValue(failed(422));
    await expect(resetPassword(RESET)).rejects.toMatchObject({ status: 422 });
    expect(accessToken()).toBe('token');
    expect(tellTabs).not.toHaveBeenCalled();
  });
});

describe('signing out', () => {
  it.each([
    ['is done', () => Promise.resolve({})],
    ['is done when there was no session any more', () => Promise.reject(failed(401))],
  ])('%s', async (_name, answer) => {
    vi.spyOn(http, 'post').mockImplementation(answer);
    await logOut();
    expect(accessToken()).toBeNull();
    expect(tellTabs).toHaveBeenCalledExactlyOnceWith({ type: 'signed_out' });
  });

  it('is not done when the server cannot', async () => {
    vi.spyOn(http, 'post').mockRejectedValue(failed(503));
    await expect(logOut()).rejects.toMatchObject({ status: 503 });
    expect(accessToken()).toBe('token');
    expect(tellTabs).not.toHaveBeenCalled();
  });
});
