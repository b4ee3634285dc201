import { describe, expect, it } from 'vitest';
import { checkStrength, strengthOf } from './strength';

describe('a password', () => {
  it.each(['password123', 'qwertyuiop', '1111111111', 'abcdefghij', '2019-03-04', 'Elizabeth1'])('is weak: %j', async (password) => {
    expect(await checkStrength(password, [])).toEqual({ code: 'too_weak' });
  });

  it.each(['walnut-Corridor-29-ember', 'staple lantern mosaic quiver', 'kV9#tq2LzB!x'])('is strong: %j', async (password) => {
    expect(await checkStrength(password, [])).toBeNull();
  });

  it('that is made of what is known of the person is weak', async () => {
    const password = 'cora.winterbottom';
    const about = ['cora.winterbottom@example.org', 'Cora Winterbottom'];
    expect((await strengthOf(password, about))?.advice).toBe('personal');
    expect(await checkStrength(password, about)).toEqual({ code: 'too_weak' });
  });
});

it.each([
  ['aaaaaaaaaaaa', 'repeats'],
  ['password', 'common'],
  ['qwertyuiop[]', 'keys'],
])('says what makes %j weak', async (password, advice) => {
  expect((await strengthOf(password, []))?.advice).toBe(advice);
});

it('has no advice for what is good enough', async () => {
  expect(await strengthOf('walnut-Corridor-29-ember', [])).toEqual({ score: 4, advice: null });
});
