// How long a form has to wait before it may be sent again, because the server had too many tries.
import { useCallback, useEffect, useState } from 'react';

export interface Wait {
  /** The end of the wait in milliseconds since 1970; it stays when the wait is over. Null: nothing to wait for. */
  until: number | null;
  isOn: boolean;
  start: (seconds: number) => void;
  forget: () => void;
}

export function useWait(): Wait {
  const [until, setUntil] = useState<number | null>(null);
  const [isOn, setOn] = useState(false);

  useEffect(() => {
    if (until === null) return undefined;
    const timer = setTimeout(() => setOn(false), until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);

  const start = useCallback((seconds: number) => {
    setUntil(Date.now() + seconds * 1000);
    setOn(true);
  }, []);
  const forget = useCallback(() => setUntil(null), []);
  return { until, isOn, start, forget };
}
