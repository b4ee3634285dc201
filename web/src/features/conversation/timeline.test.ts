import { describe, expect, it } from 'vitest';
import { entry, joined } from '@/testing/examples';
import { afterJoin, merged, type Timeline } from './timeline';

const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const seqsOf = (timeline: Timeline) => timeline.entries.map(({ seq }) => seq);

describe('merging', () => {
  it('keeps each entry once, by rising seq', () => {
    expect(merged(entries(3, 5), entries(1, 4)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('changes nothing when nothing is new', () => {
    const before = entries(1, 3);
    expect(merged(before, entries(2, 3))).toBe(before);
  });
});

describe('after a join', () => {
  it('a replay continues what is loaded', () => {
    const timeline = afterJoin({ entries: entries(1, 3), head: 3 }, joined(1, entries(4, 6)));
    expect(seqsOf(timeline)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(timeline.head).toBe(6);
  });

  it('a snapshot that touches what is loaded continues it', () => {
    const timeline = afterJoin({ entries: entries(1, 3), head: 3 }, joined(1, entries(2, 5), { snapshot: true }));
    expect(seqsOf(timeline)).toEqual([1, 2, 3, 4, 5]);
  });

  it('a snapshot far ahead replaces it: never a silent hole', () => {
    const timeline = afterJoin({ entries: entries(1, 3), head: 3 }, joined(1, entries(400, 402), { snapshot: true }));
    expect(seqsOf(timeline)).toEqual([400, 401, 402]);
  });

  it('equals a fresh fetch, with earlier entries in front', () => {
    const fresh = entries(3, 9);
    const timeline = afterJoin({ entries: entries(1, 4), head: 4 }, joined(1, entries(5, 9)));
    expect(timeline.entries.slice(-fresh.length)).toEqual(fresh);
  });
});
