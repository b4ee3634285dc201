// Texts that the browser keeps. It may forbid that or be full: then nothing is kept, and all else works.

/** As a function, since already the look at a storage that is forbidden fails. */
type Place = () => Storage;

export const forEver: Place = () => localStorage;
/** Until the tab is closed; a reload keeps it. */
export const forTheTab: Place = () => sessionStorage;

export function kept(place: Place, key: string): string | null {
  try {
    return place().getItem(key);
  } catch {
    return null;
  }
}

/** What was kept as JSON; null when that is nothing, or no JSON. */
export function keptJson(place: Place, key: string): unknown {
  try {
    return JSON.parse(kept(place, key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function keep(place: Place, key: string, text: string | null): void {
  try {
    if (text === null) place().removeItem(key);
    else place().setItem(key, text);
  } catch {
    // See above.
  }
}

export function keptKeys(place: Place, prefix: string): string[] {
  try {
    return Object.keys(place()).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
