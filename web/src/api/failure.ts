// Failures of requests, typed: a problem that the server described, or no answer at all.
import { isAxiosError } from 'axios';
import type { Entry, ErrorCode, FieldError, Problem } from './types';

export interface Failure {
  /** `no_answer`: the server could not be reached, so nothing is known about what happened there. */
  code: ErrorCode | 'no_answer';
  status: number | null;
  detail: string | null;
  fields: FieldError[];
  missed: Entry[] | null;
  retryAfterSeconds: number | null;
  requestId: string | null;
}

const NO_ANSWER: Failure = {
  code: 'no_answer',
  status: null,
  detail: null,
  fields: [],
  missed: null,
  retryAfterSeconds: null,
  requestId: null,
};

export function toFailure(error: unknown): Failure {
  if (!isAxiosError<unknown>(error) || !error.response) return NO_ANSWER;
  const { status, data, headers } = error.response;
  const retryAfter = Number(headers['retry-after'] ?? NaN);
  const problem: Partial<Problem> = isProblem(data) ? data : {};
  return {
    code: problem.code ?? codeOfForeignAnswer(status),
    status,
    detail: problem.detail ?? null,
    fields: problem.errors ?? [],
    missed: problem.missed ?? null,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    requestId: problem.request_id ?? null,
  };
}

export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && 'fields' in value;
}

/** What a request failed for, null if it did not. What nobody foresaw is a failure too, and one of ours. */
export function failureOf(error: unknown): Failure | null {
  if (error === undefined || error === null) return null;
  return isFailure(error) ? error : { ...NO_ANSWER, code: 'internal' };
}

/** True when trying the same again later can help. */
export function isPassing(failure: Failure): boolean {
  return ['no_answer', 'unavailable', 'rate_limited', 'internal'].includes(failure.code);
}

function isProblem(data: unknown): data is Problem {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
}

/** Something between us and the server answered, a proxy for example. */
function codeOfForeignAnswer(status: number): Failure['code'] {
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal';
}
