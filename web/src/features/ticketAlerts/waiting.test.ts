import { expect, it } from 'vitest';
import type { Alert } from '@/api/types';
import { alert, noticed } from '@/testing/alerts';
import { withAlert, without } from './waiting';

const waiting = (...alerts: Alert[]) => ({ alerts, more: false });
const NONE = new Set<number>();

it('puts a new ticket first', () => {
  expect(withAlert(waiting(alert(7)), alert(8), NONE)).toEqual(waiting(alert(8), alert(7)));
  // One that was late.
  expect(withAlert(waiting(alert(8)), alert(7), NONE)).toEqual(waiting(alert(8), alert(7)));
});

it('takes a repeated alert in the place of the first, and no older one again', () => {
  expect(withAlert(waiting(alert(8), alert(7)), alert(7, 1), NONE)).toEqual(waiting(alert(8), alert(7, 1)));
  expect(withAlert(waiting(alert(7, 2)), alert(7, 1), NONE)).toEqual(waiting(alert(7, 2)));
});

it('lets go of what somebody has taken notice of, and of what is over', () => {
  expect(withAlert(waiting(alert(8), alert(7)), noticed(7), NONE)).toEqual(waiting(alert(8)));
  expect(withAlert(waiting(alert(8)), noticed(7), NONE)).toEqual(waiting(alert(8)));
  expect(without(waiting(alert(8), alert(7)), 8)).toEqual(waiting(alert(7)));
});

it('does not take back what has ended before', () => {
  expect(withAlert(waiting(alert(8)), alert(7, 1), new Set([7]))).toEqual(waiting(alert(8)));
});
