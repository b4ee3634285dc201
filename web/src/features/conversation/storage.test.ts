import { beforeEach, expect, it, vi } from 'vitest';
import { forgetKept, keepDraft, keepOutbox, keptDraft, keptOutbox } from './storage';

/** As much of a Storage as is used, with its keys as properties, like a real one. */
function storage(): Storage {
  const kept: Record<string, string> = {};
  return new Proxy(kept, {
    get: (_kept, name) =>
      ({
        getItem: (key: string) => kept[key] ?? null,
        setItem: (key: string, text: string) => void (kept[key] = text),
        removeItem: (key: string) => void delete kept[key],
      })[String(name)],
  }) as unknown as Storage;
}

beforeEach(() => {
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('sessionStorage', storage());
});

const WAITING = { clientId: 'a', ticketId: 7, body: 'Hi', kind: 'message', state: 'waiting' } as never;

it('forgets everything of who signs out, and nothing of others', () => {
  for (const user of [1, 11]) {
    keepDraft(user, 7, 'Dear');
    keepDraft(user, 8, 'Hello');
    keepOutbox(user, [WAITING]);
  }
  forgetKept(1);
  expect([keptDraft(1, 7), keptDraft(1, 8), keptOutbox(1)]).toEqual(['', '', []]);
  expect([keptDraft(11, 7), keptDraft(11, 8), keptOutbox(11)]).toEqual(['Dear', 'Hello', [WAITING]]);
});

it('works where storage is forbidden', () => {
  vi.stubGlobal('localStorage', undefined);
  vi.stubGlobal('sessionStorage', undefined);
  forgetKept(1);
  expect(keptDraft(1, 7)).toBe('');
});
