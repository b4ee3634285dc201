// Whether the keys do anything in this browser: on unless switched off, the same in all its tabs.
import { useSyncExternalStore } from 'react';
import { forEver, keep, kept } from '@/components/kept';

const KEPT_AS = 'deskwire.shortcuts';
const OFF = 'off';

let isOn = kept(forEver, KEPT_AS) !== OFF;
const listeners = new Set<() => void>();

export function shortcutsAreOn(): boolean {
  return isOn;
}

export function switchShortcuts(on: boolean): void {
  take(on);
  keep(forEver, KEPT_AS, on ? null : OFF);
}

export function useShortcutsAreOn(): boolean {
  return useSyncExternalStore(subscribe, shortcutsAreOn);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function take(on: boolean): void {
  isOn = on;
  listeners.forEach((listener) => listener());
}

globalThis.addEventListener?.('storage', ({ key, newValue }) => {
  // The key is null when everything was cleared.
  if (key === KEPT_AS || key === null) take(newValue !== OFF);
});
