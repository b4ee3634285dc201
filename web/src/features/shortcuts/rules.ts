// When a key is a shortcut, and when it is what somebody writes or what a dialog or menu waits for.
import { type Command, SHORTCUTS } from './map';

export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing' | 'defaultPrevented'
>;

export interface Situation {
  /** The focus is where text is written or an option is chosen by its letters. */
  isInField: boolean;
  /** A dialog, a menu or a list of options is open. */
  isBusy: boolean;
  isMac: boolean;
}

export function commandOf(pressed: Pressed, { isInField, isBusy, isMac }: Situation): Command | null {
  if (isBusy || pressed.altKey || pressed.isComposing || pressed.defaultPrevented) return null;
  const { key, ctrlKey, metaKey } = pressed;
  const hasModifier = ctrlKey || metaKey;
  const hasOnlyOurs = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const found = SHORTCUTS.find(
    (shortcut) => shortcut.key === key && (shortcut.withModifier ? hasOnlyOurs : !hasModifier),
  );
  if (!found || found.byBrowser) return null;
  if (isInField && !found.inFields) return null;
  return pressed.repeat && !found.repeats ? null : found.command;
}

/** Inputs that take no text: a letter pressed there is meant for nobody. */
const WITHOUT_TEXT = new Set(['button', 'checkbox', 'file', 'image', 'radio', 'reset', 'submit']);

interface ElementLike {
  tagName: string;
  type?: string;
  isContentEditable?: boolean;
}

export function isField({ tagName, type = 'text', isContentEditable = false }: ElementLike): boolean {
  if (isContentEditable || tagName === 'TEXTAREA' || tagName === 'SELECT') return true;
  return tagName === 'INPUT' && !WITHOUT_TEXT.has(type);
}
