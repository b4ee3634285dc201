// What helps against which weakness. Without translations of its own zxcvbn names weaknesses by these keys.
import type { TranslationKeys } from '@zxcvbn-ts/core';
import type { newPassword } from '@/config/strings/en/newPassword';

export type Advice = keyof typeof newPassword.advice;

const ADVICE: Record<keyof TranslationKeys['warnings'], Advice> = {
  straightRow: 'keys',
  keyPattern: 'keys',
  simpleRepeat: 'repeats',
  extendedRepeat: 'repeats',
  sequences: 'sequences',
  recentYears: 'dates',
  dates: 'dates',
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  pwned: 'common',
  wordByItself: 'word',
  namesByThemselves: 'names',
  commonNames: 'names',
  userInputs: 'personal',
};

export function adviceOn(weakness: string | null): Advice {
  return (ADVICE as Record<string, Advice>)[weakness ?? ''] ?? 'more';
}
