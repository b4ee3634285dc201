import { AxiosError, AxiosHeaders } from 'axios';
import { expect, it } from 'vitest';
import { failureOf, isPassing, toFailure } from './failure';

function failed(status: number, data: unknown, headers: Record<string, string> = {}): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('failed', undefined, config, null, { status, data, headers, config, statusText: '' });
}

it('takes code, fields and request id from a problem', () => {
  const errors = [{ field: 'title', code: 'empty', message: 'must not be empty' }];
  const problem = { code: 'invalid', detail: 'no', errors, missed: null, request_id: 'r1' };
  expect(toFailure(failed(422, problem))).toMatchObject({ code: 'invalid', status: 422, fields: errors, requestId: 'r1' });
});

it('knows how long to wait', () => {
  const failure = toFailure(failed(429, { code: 'rate_limited' }, { 'retry-after': '7' }));
  expect(failure.retryAfterSeconds).toBe(7);
  expect(isPassing(failure)).toBe(true);
});

it('is no answer when nothing came back', () => {
  const failure = toFailure(new AxiosError('Network Error'));
  expect(failure.code).toBe('no_answer');
  expect(isPassing(failure)).toBe(true);
});

it.each([
  [502, 'unavailable'],
  [413, 'payload_too_large'],
  [418, 'internal'],
])('makes sense of an answer %i that is no problem document', (status, code) => {
  expect(toFailure(failed(status, '<html>')).code).toBe(code);
});

it('is one of ours when nobody foresaw it', () => {
  const failure = toFailure(new AxiosError('Network Error'));
  expect(failureOf(failure)).toBe(failure);
  expect(failureOf({ name: 'TypeError', message: 'no' })).toMatchObject({ code: 'internal', fields: [] });
  expect(failureOf(undefined)).toBeNull();
});
