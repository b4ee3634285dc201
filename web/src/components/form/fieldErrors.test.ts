import { expect, it } from 'vitest';
import type { Failure } from '@/api/failure';
import { i18next } from '@/config/i18n';
import { splitFailure } from './fieldErrors';

const FAILURE: Failure = {
  code: 'invalid',
  status: 422,
  detail: null,
  fields: [],
  missed: null,
  retryAfterSeconds: null,
  requestId: null,
};

it('puts errors at their fields', () => {
  const fields = [{ field: 'title', code: 'empty', message: 'must not be empty' }];
  const { atFields, general } = splitFailure(i18next.t, { ...FAILURE, fields }, ['title']);
  expect(atFields).toEqual({ title: 'Please fill this in.' });
  expect(general).toBeNull();
});

it('says in general what belongs to no field of the form', () => {
  const fields = [{ field: 'client_id', code: 'wrong_type', message: 'must be a UUID' }];
  const { atFields, general } = splitFailure(i18next.t, { ...FAILURE, fields }, ['title']);
  expect(atFields).toEqual({});
  expect(general).toBe('Please check what you entered.');
});

it('knows which field a taken e-mail address belongs to', () => {
  const { atFields } = splitFailure(i18next.t, { ...FAILURE, code: 'email_taken' }, ['email']);
  expect(atFields.email).toContain('already has an account');
});

it('knows which field a taken name belongs to', () => {
  const { atFields, general } = splitFailure(i18next.t, { ...FAILURE, code: 'name_taken' }, ['name']);
  expect(atFields.name).toContain('already taken');
  expect(general).toBeNull();
});

it('passes on the words of rules that only the server knows', () => {
  const fields = [{ field: 'name', code: 'of_a_later_version', message: 'is too colourful' }];
  expect(splitFailure(i18next.t, { ...FAILURE, fields }, ['name']).atFields.name).toBe('Is too colourful');
});

it.each([
  ['too_weak', /easy to guess/],
  ['wrong_password', /not your current password/],
  ['too_many', /Remove one first/],
])('has its own words for %s', (code, words) => {
  const fields = [{ field: 'password', code, message: 'as the server says it' }];
  expect(splitFailure(i18next.t, { ...FAILURE, fields }, ['password']).atFields.password).toMatch(words);
});
