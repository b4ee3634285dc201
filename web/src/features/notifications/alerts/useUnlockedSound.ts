// Keeps the sound possible: the browser allows it, and may take it back, by how the page is used.
import { useEffect } from 'react';
import { canSound, unlockSound } from './sound';

const GESTURES = ['pointerdown', 'keydown'] as const;

export function useUnlockedSound(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return;
    const unlock = () => {
      if (!canSound()) void unlockSound();
    };
    // The page was used before the sound was wanted.
    if (navigator.userActivation?.hasBeenActive) unlock();
    GESTURES.forEach((gesture) => window.addEventListener(gesture, unlock));
    return () => GESTURES.forEach((gesture) => window.removeEventListener(gesture, unlock));
  }, [isWanted]);
}
