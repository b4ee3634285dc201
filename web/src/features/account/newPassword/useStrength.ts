// The strength of what is being typed, measured when the typing pauses.
import { useEffect, useState } from 'react';
import { type Strength, strengthOf } from './strength';

const PAUSE_MS = 350;

/** Null while nothing is typed, and as long as nothing could be measured. */
export function useStrength(password: string, about: string[]): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null);
  const known = about.join('\n');

  useEffect(() => {
    if (password === '') return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void strengthOf(password, known.split('\n')).then((measured) => {
        if (isCurrent) setStrength(measured);
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [password, known]);

  return password === '' ? null : strength;
}
