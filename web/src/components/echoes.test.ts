import { expect, it } from 'vitest';
import { createEchoes } from './echoes';

it('knows what was sent, once', () => {
  const echoes = createEchoes();
  echoes.send('in');
  expect(echoes.isEcho('in')).toBe(true);
  expect(echoes.isEcho('in')).toBe(false);
});

it('takes what was sent in its order', () => {
  const echoes = createEchoes();
  ['in', 'inv', 'invo'].forEach(echoes.send);
  expect(['in', 'inv', 'invo'].map(echoes.isEcho)).toEqual([true, true, true]);
});

it('does not wait for what was overtaken', () => {
  const echoes = createEchoes();
  ['in', 'inv', 'invo'].forEach(echoes.send);
  expect(['inv', 'in', 'invo'].map(echoes.isEcho)).toEqual([true, false, false]);
});

it('forgets what was sent when something else has come', () => {
  const echoes = createEchoes();
  echoes.send('in');
  expect(['printer', 'in'].map(echoes.isEcho)).toEqual([false, false]);
});
