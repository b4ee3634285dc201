import { expect, it } from 'vitest';
import { deviceOf } from './device';

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    { browser: 'Chrome', system: 'Linux', kind: 'desktop' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', system: 'iOS', kind: 'mobile' },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0',
    { browser: 'Firefox', system: 'Windows', kind: 'desktop' },
  ],
  ['', { browser: null, system: null, kind: 'unknown' }],
  [null, { browser: null, system: null, kind: 'unknown' }],
])('reads %j', (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device);
});

it('makes no device of what is no browser', () => {
  expect(deviceOf('!!!')).toEqual({ browser: null, system: null, kind: 'unknown' });
});
