// A device in words, as in "Chrome on Linux".
import type { TFunction } from 'i18next';
import type { Device } from './device';

export function deviceText(t: TFunction, { browser, system }: Device): string {
  if (browser && system) return t('settings.devices.browserOnSystem', { browser, system });
  return browser ?? system ?? t('settings.devices.unknown');
}
