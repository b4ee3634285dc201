// The keyboard map. What the keys do and what the help says of them are both made from it.

/** What a key does; the words for it are `shortcuts.does.…`. */
export type Command =
  | 'palette'
  | 'help'
  | 'search'
  | 'next'
  | 'previous'
  | 'open'
  | 'choose'
  | 'chosen'
  | 'reply'
  | 'note'
  | 'back';

export interface Shortcut {
  command: Command;
  /** As the keyboard event names it. */
  key: string;
  /** Where it does something; the words for it are `shortcuts.where.…`. */
  where: 'everywhere' | 'list' | 'ticket';
  /** With Ctrl, on a Mac with Cmd. All others are pressed alone, or with Shift where the layout wants it. */
  withModifier?: boolean;
  /** Also while one writes: it is no text. */
  inFields?: boolean;
  /** Goes on while the key is held. */
  repeats?: boolean;
  /** The browser does it by itself, since the row that has the focus is a link. */
  byBrowser?: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { command: 'palette', key: 'k', where: 'everywhere', withModifier: true, inFields: true },
  { command: 'help', key: '?', where: 'everywhere' },
  { command: 'search', key: '/', where: 'list' },
  { command: 'next', key: 'j', where: 'list', repeats: true },
  { command: 'previous', key: 'k', where: 'list', repeats: true },
  { command: 'open', key: 'Enter', where: 'list', byBrowser: true },
  { command: 'choose', key: 'x', where: 'list' },
  { command: 'chosen', key: 'b', where: 'list' },
  { command: 'reply', key: 'r', where: 'ticket' },
  { command: 'note', key: 'n', where: 'ticket' },
  { command: 'back', key: 'Escape', where: 'ticket', inFields: true },
];
