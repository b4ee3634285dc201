// Finds the links in a text. Only what leads to the web or to a mail program becomes one.
import { find } from 'linkifyjs';

export interface Piece {
  /** As it was written. */
  text: string;
  /** Where it leads; null for mere text. */
  href: string | null;
}

const SAFE = ['http:', 'https:', 'mailto:'];

/** Endings of domains that more often are endings of files. */
const FILE_LIKE = /^[\w-]+(\.[\w-]+)*\.(app|cc|md|mov|pl|ps|py|rs|sh|so|zip)$/i;

/** Characters that change the direction of what follows could make an address look like another one. */
const TURNS_TEXT = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

export function withLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { value, href, start, end: next } of find(text, { defaultProtocol: 'https' })) {
    const safe = safeHref(value, href);
    if (safe === null) continue;
    if (start > end) pieces.push({ text: text.slice(end, start), href: null });
    pieces.push({ text: value, href: safe });
    end = next;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

function safeHref(written: string, href: string): string | null {
  const isBare = !written.includes(':') && !written.includes('@');
  if (isBare && (!written.includes('.') || FILE_LIKE.test(written))) return null;
  if (TURNS_TEXT.test(written) || !URL.canParse(href)) return null;
  return SAFE.includes(new URL(href).protocol) ? href : null;
}
