// How a figure has changed since the period before.

export interface Change {
  direction: 'more' | 'fewer' | 'same';
  /** Not negative. */
  by: number;
  /** With its sign; null when there was nothing before. */
  percent: number | null;
}

/** Durations come rounded by up to 1.6 %: less than this says nothing about them. */
export const DURATION_TOLERANCE = 0.02;

/** Null when one of them is unknown. `tolerance`: the part of the earlier figure that is no change. */
export function changeOf(now: number | null, before: number | null, tolerance = 0): Change | null {
  if (now === null || before === null) return null;
  const by = Math.abs(now - before);
  if (by <= before * tolerance) return { direction: 'same', by: 0, percent: 0 };
  return {
    direction: now > before ? 'more' : 'fewer',
    by,
    percent: before > 0 ? Math.round(((now - before) / before) * 100) : null,
  };
}
