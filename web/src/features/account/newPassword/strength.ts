// How strong a new password is. This advises; the server judges, by the same measure and with more lists of words.
import { aboutWords } from './aboutWords';
import type { Advice } from './advice';

export interface Strength {
  /** From 0 to 4, as zxcvbn counts. */
  score: 0 | 1 | 2 | 3 | 4;
  advice: Advice | null;
}

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
