// Rules of text fields. Their limits come from the contract; the server has the same rules and the last word.
import limits from 'virtual:contract-limits';

/** A rule that a text breaks: the code of the API, with the limit that it speaks of. */
export interface Broken {
  code: 'empty' | 'too_short' | 'too_long' | 'control_characters' | 'not_an_email';
  count?: number;
}

export interface Limits {
  min: number;
  max: number;
}

export function limitsOf(request: string, field: string): Limits {
  const found = limits[request]?.[field];
  if (!found) throw new Error(`The contract has no limits for ${request}.${field}`);
  return { min: found.min, max: found.max ?? Infinity };
}

/** One line: a name, a title. */
export function checkLine(text: string, { max }: Limits): Broken | null {
  return checkText(text.trim(), max, /\p{Cc}/u);
}

/** Text of several lines, kept as written. */
export function checkBody(text: string, { max }: Limits): Broken | null {
  return checkText(text, max, /[^\P{Cc}\n\r\t]/u);
}

export function checkEmail(text: string, { max }: Limits): Broken | null {
  const email = text.trim();
  return checkText(email, max, /\p{Cc}/u) ?? (isEmail(email) ? null : { code: 'not_an_email' });
}

export function checkNewPassword(text: string, { min, max }: Limits): Broken | null {
  if (text === '') return { code: 'empty' };
  if (countOf(text) < min) return { code: 'too_short', count: min };
  return checkKnownPassword(text, { min, max });
}

export function checkKnownPassword(text: string, { max }: Limits): Broken | null {
  if (text === '') return { code: 'empty' };
  if (countOf(text) > max) return { code: 'too_long', count: max };
  return text.includes('\0') ? { code: 'control_characters' } : null;
}

/** Characters as the server counts them: code points, not UTF-16 units. */
export function countOf(text: string): number {
  return [...text].length;
}

function checkText(text: string, max: number, refused: RegExp): Broken | null {
  if (text.trim() === '') return { code: 'empty' };
  if (countOf(text) > max) return { code: 'too_long', count: max };
  return refused.test(text) ? { code: 'control_characters' } : null;
}

function isEmail(email: string): boolean {
  const [name, host, ...rest] = email.split('@');
  return !!name && !!host && rest.length === 0 && !/^[.-]|[.-]$/.test(host) && !/\s/.test(email);
}
