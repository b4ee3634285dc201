// What the shortcuts move between on the page. Features mark it: `data-row` is the link of a row, and `data-shortcut` the
// list, the field to search with, what can be done with the chosen rows, and the form to write in.
import type { MessageKind } from '@/api/types';

const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

const isShown = (element: Element) => element.getClientRects().length > 0;

function shown<T extends HTMLElement>(selector: string): T | null {
  return [...document.querySelectorAll<T>(selector)].find(isShown) ?? null;
}

export function hasOverlay(): boolean {
  return shown(OVERLAYS) !== null;
}

/** Also in one that has just gone with this very key. */
export function isInOverlay(element: Element): boolean {
  return !element.isConnected || element.closest(OVERLAYS) !== null;
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(isShown);
}

/** The row that has the focus, on its link or on its box. */
function focusedRow(): HTMLElement | null {
  return document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-row]') ?? null;
}

function focusOn(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}

const openRow = (all: HTMLElement[]) => all.find((row) => row.getAttribute('aria-current') === 'page');

/** Rows are drawn beyond the edges of the list, too. */
function firstInSight(all: HTMLElement[]): HTMLElement | undefined {
  const edge = shown('[data-shortcut="list"]')?.getBoundingClientRect().top ?? 0;
  return all.find((row) => row.getBoundingClientRect().top >= edge) ?? all[0];
}

/** From the row with the focus, or the open one, to the next. Else to the first in sight. */
export function moveInList(step: 1 | -1): boolean {
  const all = rows();
  const at = focusedRow() ?? openRow(all);
  const next = at ? all[all.indexOf(at) + step] : firstInSight(all);
  if (next) focusOn(next);
  return all.length > 0;
}

function focusList(): boolean {
  const all = rows();
  const row = openRow(all) ?? firstInSight(all);
  if (row) focusOn(row);
  return row !== undefined;
}

export function chooseRow(): boolean {
  const box = focusedRow()?.closest('li')?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
  return box != null;
}

export function focusChosen(): boolean {
  const bar = shown('[data-shortcut="chosen"]');
  bar?.focus();
  return bar !== null;
}

export function focusSearch(): boolean {
  const field = shown<HTMLInputElement>('[data-shortcut="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}

/** Where a reply or a note is written; false when neither can be written here. */
export function focusComposer(kind: MessageKind): boolean {
  const form = shown<HTMLFormElement>('[data-shortcut="compose"]');
  if (!form) return false;
  const kinds = [...form.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  const choice = kinds.find(({ value }) => value === kind);
  // Without a choice only one of them can be written. What is meant as a reply never goes into a note, or the reverse.
  const isPossible = kinds.length > 0 ? choice !== undefined : ('note' in form.dataset) === (kind === 'note');
  if (!isPossible) return false;
  choice?.click();
  form.querySelector('textarea')?.focus();
  return true;
}

/** From the composer to the conversation, from the search to the list; elsewhere Escape means something else. */
export function leaveField(field: Element): boolean {
  if (field.closest('[data-shortcut="compose"]')) {
    const log = shown('[role="log"]');
    log?.focus();
    return log !== null;
  }
  return field.matches('[data-shortcut="search"]') && focusList();
}
