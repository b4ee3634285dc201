// What stands on the keys of this keyboard.
import type { TFunction } from 'i18next';
import type { Shortcut } from './map';

export const IS_MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

const SHORT: Record<string, string> = { Escape: 'Esc' };

export function keyNames(t: TFunction, { key, withModifier }: Shortcut): string[] {
  // Letters stand on keys as capitals; pressed alone they are not, so that nobody looks for Shift.
  const name = SHORT[key] ?? key;
  return withModifier ? [IS_MAC ? '⌘' : t('shortcuts.controlKey'), name.toUpperCase()] : [name];
}
