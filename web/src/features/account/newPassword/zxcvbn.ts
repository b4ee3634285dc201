// How easily a password is guessed, by zxcvbn. Large because of its lists: only `strength.ts` may load it, when needed.
// Without lists of words and names of a language: they would be twice as large as everything else, and the server has them.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { adviceOn } from './advice';
import type { Strength } from './strength';

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

export function measure(password: string, about: string[]): Strength {
  const { score, feedback } = zxcvbn.check(password, about);
  return { score, advice: score < 3 ? adviceOn(feedback.warning) : null };
}
