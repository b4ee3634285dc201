import { expect, it } from 'vitest';
import { limitsOf } from './contractLimits.ts';

it('takes the limits of request bodies and of nothing else', () => {
  const schemas = {
    RegisterRequest: { properties: { name: { minLength: 1, maxLength: 80 }, age: {} } },
    Ticket: { properties: { title: { maxLength: 200 } } },
  };
  expect(limitsOf(schemas)).toEqual({ RegisterRequest: { name: { min: 1, max: 80 } } });
});
