// What one part of the page has in use at the moment, told to parts that are far from it.
import { useEffect, useSyncExternalStore } from 'react';

export function inUse<T>() {
  let current: T | null = null;
  const listeners = new Set<() => void>();
  const put = (next: T | null) => {
    current = next;
    listeners.forEach((listener) => listener());
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    /** Says that this is in use, as it is now, for as long as the component is there. */
    useAs: (value: T) => {
      useEffect(() => put(value));
      useEffect(() => () => put(null), []);
    },
    /** Null when nothing is. */
    useCurrent: (): T | null => useSyncExternalStore(subscribe, () => current),
  };
}
