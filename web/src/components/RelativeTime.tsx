// A moment as people say it, the exact time on hover; it stays right while it is shown.
import { useEffect, useState } from 'react';
import { absoluteTime, relativeTime } from './time';

const EVERY_MS = 30_000;

export function RelativeTime({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
