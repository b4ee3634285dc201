// How strong a new password is. This advises; the server judges, by the same measure and with more lists of words.
import type { Broken } from '@/components/form/rules';
import { aboutWords } from './aboutWords';
import type { Advice } from './advice';

export interface Strength {
  /** From 0 to 4, as zxcvbn counts. */
  score: 0 | 1 | 2 | 3 | 4;
  advice: Advice | null;
}

/** What the server asks for. */
export const ENOUGH = 3;

/** A form that is sent waits this long for the measure; then the server alone decides. */
const PATIENCE_MS = 8_000;

type Measure = (password: string, about: string[]) => Strength;

let loading: Promise<Measure> | null = null;

/** Loads what measures, once. Where that fails the next call tries again. */
export function loadMeasure(): Promise<Measure> {
  loading ??= import('./zxcvbn').then(({ measure }) => measure);
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** Null when it cannot be measured. `about`: what others know of the person. */
export async function strengthOf(password: string, about: string[]): Promise<Strength | null> {
  try {
    const measure = await loadMeasure();
    return measure(password, aboutWords(about));
  } catch {
    return null;
  }
}

export async function checkStrength(password: string, about: string[]): Promise<Broken | null> {
  const outOfPatience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const strength = await Promise.race([strengthOf(password, about), outOfPatience]);
  return strength && strength.score < ENOUGH ? { code: 'too_weak' } : null;
}
