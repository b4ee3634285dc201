// What kind of device a session is on, from what its browser says of itself.
import { parse } from 'bowser';

export interface Device {
  /** Null when it cannot be told. */
  browser: string | null;
  system: string | null;
  kind: 'desktop' | 'mobile' | 'tablet' | 'unknown';
}

export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return { browser: null, system: null, kind: 'unknown' };
  const { browser, os, platform } = parse(userAgent);
  return { browser: browser.name || null, system: os.name || null, kind: kindOf(platform.type) };
}

function kindOf(type: string | undefined): Device['kind'] {
  return type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : 'unknown';
}
