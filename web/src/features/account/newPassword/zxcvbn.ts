// How easily a password is guessed, by zxcvbn. Large because of its lists: only `strength.ts` may load it, when needed.
// Without lists of words and names of a language: they would be twice as large as everything else, and the server has them.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { adviceOn } from './advice';
import type { Strength } from './strength';

/** The score that the server asks for. */
const ENOUGH = 3;

/** How many characters the server looks at, of a password and of each word about its owner. Its strength.rs says why. */
const JUDGED_CHARS = 28;

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

export function measure(password: string, about: string[]): Strength {
  const { score, feedback } = zxcvbn.check(head(password), about.map(head));
  return { score, advice: score < ENOUGH ? adviceOn(feedback.warning) : null };
}

function head(text: string): string {
  return [...text].slice(0, JUDGED_CHARS).join('');
}
