// Today by the reader's clock, also after midnight.
import { useEffect, useState } from 'react';
import { type Day, localDay } from './days';

const EVERY_MS = 30_000;

export function useToday(): Day {
  const [today, setToday] = useState(() => localDay(new Date()));
  useEffect(() => {
    const timer = setInterval(() => setToday(localDay(new Date())), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return today;
}
