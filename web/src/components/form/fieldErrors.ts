// From failures and broken rules to texts at fields.
import type { TFunction } from 'i18next';
import { type Failure, isFailure } from '@/api/failure';
import type { FieldError } from '@/api/types';
import type { Broken } from './rules';

/** What must be the only one of its kind, by the refusal of another. */
const TAKEN: { [code in Failure['code']]?: string } = { email_taken: 'email', name_taken: 'name' };

const KNOWN = ['empty', 'not_an_email', 'control_characters', 'too_weak', 'wrong_password'] as const;

export function brokenText(t: TFunction, broken: Broken): string {
  return t(`failure.field.${broken.code}`, { count: broken.count ?? 0 });
}

/** What went wrong, in words; with the request's id where only that helps. */
export function failureText(t: TFunction, failure: unknown): string {
  if (!isFailure(failure)) return t('failure.internal');
  const text = t(`failure.${failure.code}`);
  const id = failure.code === 'internal' ? failure.requestId : null;
  return id ? t('failure.withRequest', { text, id }) : text;
}

/** Errors at fields of the form, and what has no field to stand at. */
export function splitFailure(
  t: TFunction,
  failure: Failure,
  fields: readonly string[],
): { atFields: Record<string, string>; general: string | null } {
  const atFields: Record<string, string> = {};
  let known = false;
  for (const error of failure.fields) {
    if (!fields.includes(error.field)) continue;
    atFields[error.field] ??= fieldErrorText(t, error);
    known = true;
  }
  const taken = TAKEN[failure.code];
  if (taken && fields.includes(taken)) {
    return { atFields: { [taken]: failureText(t, failure) }, general: null };
  }
  return { atFields, general: known ? null : failureText(t, failure) };
}

/** Rules that are not known here come with their own words. */
function fieldErrorText(t: TFunction, { code, message }: FieldError): string {
  if (code === 'missing') return t('failure.field.empty');
  // A key that ends like the code would be a form of counting.
  if (code === 'too_many') return t('failure.field.full');
  const known = KNOWN.find((own) => own === code);
  if (known) return t(`failure.field.${known}`);
  return message.charAt(0).toUpperCase() + message.slice(1);
}
