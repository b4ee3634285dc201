import { expect, it } from 'vitest';
import { failedNews, NO_NEWS } from './failedNews';
import type { OutgoingMessage } from './outbox';

const some = (states: Record<string, OutgoingMessage['state']>) =>
  Object.entries(states).map(([clientId, state]) => ({ clientId, state }) as OutgoingMessage);

it('tells of a message that has failed, and again when it has failed again', () => {
  const failed = failedNews(NO_NEWS, some({ a: 'failed', b: 'queued' }));
  expect(failed.told).toBe('a');
  const retried = failedNews(failed, some({ a: 'queued', b: 'queued' }));
  expect(retried.told).toBeNull();
  expect(failedNews(retried, some({ a: 'failed', b: 'queued' })).told).toBe('a');
});

it('does not tell once more of one that is left when a later one goes', () => {
  const both = failedNews(failedNews(NO_NEWS, some({ a: 'failed' })), some({ a: 'failed', b: 'failed' }));
  expect(both.told).toBe('b');
  const left = failedNews(both, some({ a: 'failed', b: 'sending' }));
  expect(left.told).toBeNull();
  expect(failedNews(left, some({ a: 'failed' })).told).toBeNull();
});

it('goes on telling of one while others go', () => {
  const both = failedNews(failedNews(NO_NEWS, some({ b: 'failed' })), some({ a: 'failed', b: 'failed' }));
  expect(failedNews(both, some({ a: 'failed' })).told).toBe('a');
});

it('changes nothing while nothing fails', () => {
  expect(failedNews(NO_NEWS, some({ a: 'sending' }))).toBe(NO_NEWS);
});
