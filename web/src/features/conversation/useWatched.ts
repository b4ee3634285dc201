// Whether somebody is looking: the page is visible and has the focus.
import { useSyncExternalStore } from 'react';

const EVENTS = ['focus', 'blur'] as const;

function subscribe(listener: () => void): () => void {
  EVENTS.forEach((event) => window.addEventListener(event, listener));
  document.addEventListener('visibilitychange', listener);
  return () => {
    EVENTS.forEach((event) => window.removeEventListener(event, listener));
    document.removeEventListener('visibilitychange', listener);
  };
}

export function useWatched(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus());
}
