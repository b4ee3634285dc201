// What the palette can do, and how it is found by words.
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface PaletteAction {
  id: string;
  icon: TablerIcon;
  /** What it is found by. */
  name: string;
  /** What is shown in the place of the name, if that is more than text. */
  shown?: ReactNode;
  /** Below the name. */
  hint?: string;
  run: () => void;
}

export interface PaletteGroup {
  title: string;
  actions: PaletteAction[];
}

/** Without case and accents, so that nobody has to type either. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those in whose name, or the title of whose group, each word begins a word. Groups without any are left out. */
export function matching(groups: PaletteGroup[], text: string): PaletteGroup[] {
  const sought = plain(text).split(/\s+/).filter(Boolean);
  return groups
    .map(({ title, actions }) => ({
      title,
      actions: actions.filter(({ name }) => {
        const words = plain(`${title} ${name}`).split(/[^\p{L}\p{N}]+/u);
        return sought.every((start) => words.some((word) => word.startsWith(start)));
      }),
    }))
    .filter(({ actions }) => actions.length > 0);
}

/** The number of a ticket, as in `123` or `#123`. */
export function ticketNumberIn(text: string): number | null {
  const [, digits] = /^\s*#?\s*([1-9]\d{0,15})\s*$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}
