// How this browser may call for attention: chosen on the account page, kept in the browser, the same in all its tabs.
import { useSyncExternalStore } from 'react';

export interface AlertChoices {
  sound: boolean;
  browser: boolean;
}

const KEPT_AS = 'deskwire.alerts';
const NONE: AlertChoices = { sound: false, browser: false };

/** What was kept, as far as it makes sense: nothing is on that was not chosen. */
export function parseChoices(kept: string | null): AlertChoices {
  try {
    const { sound, browser } = JSON.parse(kept ?? '{}') as Partial<Record<keyof AlertChoices, unknown>>;
    return { sound: sound === true, browser: browser === true };
  } catch {
    return NONE;
  }
}

let choices = parseChoices(readKept());
const listeners = new Set<() => void>();

export function alertChoices(): AlertChoices {
  return choices;
}

export function chooseAlerts(change: Partial<AlertChoices>): void {
  take({ ...choices, ...change });
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(choices));
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
}

export function useAlertChoices(): AlertChoices {
  return useSyncExternalStore(subscribe, alertChoices);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function take(next: AlertChoices): void {
  choices = next;
  listeners.forEach((listener) => listener());
}

function readKept(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEPT_AS) ?? null;
  } catch {
    return null;
  }
}

globalThis.addEventListener?.('storage', ({ key, newValue }) => {
  // The key is null when everything was cleared.
  if (key === KEPT_AS || key === null) take(parseChoices(newValue));
});
