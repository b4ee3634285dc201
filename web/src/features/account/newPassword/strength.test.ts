import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength';

describe('a password', () => {
  it.each(['password123', 'qwertyuiop', '1111111111', 'abcdefghij', '2019-03-04', 'Elizabeth1'])('is weak: %j', async (password) => {
    expect((await strengthOf(password, []))?.score).toBeLessThan(3);
  });

  it.each(['walnut-Corridor-29-ember', 'staple lantern mosaic quiver', 'kV9#tq2LzB!x'])('is strong: %j', async (password) => {
    expect((await strengthOf(password, []))?.score).toBeGreaterThanOrEqual(3);
  });

  it('that is made of what is known of the person is weak', async () => {
    const about = ['cora.winterbottom@example.org', 'Cora Winterbottom'];
    const strength = await strengthOf('cora.winterbottom', about);
    expect(strength?.score).toBeLessThan(3);
    expect(strength?.advice).toBe('personal');
  });

  it('is looked at up to its 28th character, as are the words about the person', async () => {
    const strong = 'staple lantern mosaic quiver';
    expect(strong).toHaveLength(28);
    expect((await strengthOf('a'.repeat(27) + strong, []))?.score).toBeLessThan(3);
    expect((await strengthOf(strong + 'a'.repeat(100), []))?.score).toBe(4);
    // A character of two UTF-16 units is one.
    expect((await strengthOf('🔑'.repeat(14) + 'lantern mosaic', []))?.score).toBe(4);

    const email = 'cora.winterbottom-of-the-northern-hills@example.org';
    expect((await strengthOf(email, [email]))?.advice).toBe('personal');
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
