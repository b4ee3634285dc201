import { expect, it } from 'vitest';
import type { CannedReply } from '@/api/types';
import { matching } from './search';

const reply = (name: string, body: string): CannedReply => ({ id: name.length, name, body, shared: true });
const REPLIES = [
  reply('Closing', 'Has the refund arrived?'),
  reply('Greeting', 'Hello!'),
  reply('Refund', 'It takes five days.'),
  reply('Rückfrage', 'Können Sie das genauer sagen?'),
];

it.each([
  ['', ['Closing', 'Greeting', 'Refund', 'Rückfrage']],
  ['  ', ['Closing', 'Greeting', 'Refund', 'Rückfrage']],
  ['refund', ['Refund', 'Closing']],
  ['REFUND arrived', ['Closing']],
  ['ruck', ['Rückfrage']],
  ['konnen', ['Rückfrage']],
  ['nothing of it', []],
])('%j finds %j', (sought, names) => {
  expect(matching(REPLIES, sought).map(({ name }) => name)).toEqual(names);
});
