import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { CORA, ticket } from '@/testing/examples';
import { lastMessageText } from './lastMessageText';

const t = ((key: string, { name, text }: Record<string, string>) => `${name ?? key}: ${text}`) as unknown as TFunction;

const shown = (preview: string, userId = 1) =>
  lastMessageText(t, ticket(5, { last_message: { ...ticket(5).last_message, preview } }), userId);

it('says who has written', () => {
  expect(shown('Hello')).toBe('Cora: Hello');
  expect(shown('Hello', CORA.id)).toBe('tickets.mine.yours: Hello');
});

it.each([
  ['Look: ``` let a = 1; ``` Why?', 'Look: let a = 1; Why?'],
  ['```rust fn main() {} ```', 'fn main() {}'],
  ['```c++ int a; ``` and ```', 'int a; and'],
  // The rest was cut off.
  ['See ```sql SELECT 1', 'See SELECT 1'],
  ['Use ```code``` inline', 'Use ```code``` inline'],
  ['``` ```', '``` ```'],
])('shows no fences of %s', (preview, text) => {
  expect(shown(preview)).toBe(`Cora: ${text}`);
});
