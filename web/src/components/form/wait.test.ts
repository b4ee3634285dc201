import { describe, expect, it } from 'vitest';
import { waitOf, waitReducer } from './wait';

const SENT = { email: 'ada@example.org', password: 'not-hers' };
const TOLD = waitReducer(null, { type: 'told', values: SENT, until: 6_000 });

describe('a wait', () => {
  it('holds for what was sent', () => {
    expect(waitOf(TOLD, SENT)).toMatchObject({ until: 6_000, isOn: true });
  });

  it('does not hold once a field has changed, not even when it is changed back', () => {
    expect(waitOf(TOLD, { ...SENT, email: 'cora@example.org' })).toBeNull();
    expect(waitOf(TOLD, { ...SENT })).toBeNull();
  });

  it('counts how often it has to be said again', () => {
    const again = waitReducer(TOLD, { type: 'reminded' });
    expect(waitOf(again, SENT)).toEqual({ ...TOLD, reminders: 1 });
    expect(waitReducer(again, { type: 'told', values: SENT, until: 9_000 })?.reminders).toBe(0);
  });

  it('is still there when it is over, until the form is sent', () => {
    const over = waitReducer(TOLD, { type: 'over' });
    expect(waitOf(over, SENT)).toMatchObject({ until: 6_000, isOn: false });
    expect(waitReducer(over, { type: 'forgotten' })).toBeNull();
  });
});
