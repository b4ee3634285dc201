// The parts of a message: prose, code between fences, and logs that were pasted as they are.
import { logRuns } from './logs';

export interface BodyPart {
  type: 'text' | 'code' | 'log';
  text: string;
}

const FENCE = /^\s*```/;
const ONLY_FENCE = /^\s*```\s*$/;

/** More than this is shown only when asked for. */
const LONG = { characters: 1_500, lines: 25 };
/** So much of it is shown before. */
const SHORT = { characters: 900, lines: 15 };
/** What a block takes on the screen, however long it is: it scrolls in itself. */
const BLOCK_LINES = 12;

export function partsOf(body: string): BodyPart[] {
  const lines = body.split('\n');
  const closings = closingFences(lines);
  const parts: BodyPart[] = [];
  let plain: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const end = FENCE.test(line) ? (closings[at] ?? -1) : -1;
    // A fence that nobody closed is text.
    if (end === -1) {
      plain.push(line);
      continue;
    }
    parts.push(...plainParts(plain), { type: 'code', text: lines.slice(at + 1, end).join('\n') });
    plain = [];
    at = end;
  }
  parts.push(...plainParts(plain));
  // A lone text is kept to the letter; beside a block, blank lines would only add to its margin.
  return parts.length === 1 ? parts : parts.map(trimmed).filter(({ text }) => text !== '');
}

/** For each line the next one that closes a fence, or -1. One look at each, however many fences are opened. */
function closingFences(lines: string[]): number[] {
  const closings = new Array<number>(lines.length);
  let next = -1;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    closings[at] = next;
    if (ONLY_FENCE.test(lines[at] ?? '')) next = at;
  }
  return closings;
}

/** The beginning of a long message; null when it is shown whole. */
export function beginningOf(parts: BodyPart[]): BodyPart[] | null {
  if (fits(parts, LONG)) return null;
  const beginning: BodyPart[] = [];
  let left = SHORT;
  for (const part of parts) {
    const size = sizeOf(part);
    if (part.type === 'text' && (size.lines > left.lines || size.characters > left.characters)) {
      return [...beginning, { ...part, text: `${cut(part.text, left)}…` }];
    }
    beginning.push(part);
    left = { characters: left.characters - size.characters, lines: left.lines - size.lines };
    if (left.lines <= 0) break;
  }
  // A block at the end is shown or left out as a whole: there may be nothing more to show.
  return beginning.length < parts.length ? beginning : null;
}

function plainParts(lines: string[]): BodyPart[] {
  return logRuns(lines).map((run) => ({ type: run.isLog ? 'log' : 'text', text: run.lines.join('\n') }));
}

function trimmed(part: BodyPart): BodyPart {
  return part.type === 'text' ? { ...part, text: part.text.replace(/^\s*\n/, '').trimEnd() } : part;
}

function fits(parts: BodyPart[], limit: typeof LONG): boolean {
  const sizes = parts.map(sizeOf);
  const sum = (key: keyof typeof LONG) => sizes.reduce((total, size) => total + size[key], 0);
  return sum('characters') <= limit.characters && sum('lines') <= limit.lines;
}

function sizeOf({ type, text }: BodyPart): typeof LONG {
  const lines = text.split('\n').length;
  return type === 'text' ? { characters: text.length, lines } : { characters: 0, lines: Math.min(lines, BLOCK_LINES) };
}

/** Whole words, as far as there are any, and whole characters. */
function cut(text: string, { characters, lines }: typeof LONG): string {
  const few = text.split('\n').slice(0, Math.max(1, lines)).join('\n');
  if (few.length <= characters) return few.trimEnd();
  const start = few.slice(0, Math.max(0, characters));
  const lastBlank = start.search(/\s\S*$/);
  return (lastBlank > characters / 2 ? start.slice(0, lastBlank) : start.replace(/[\ud800-\udbff]$/, '')).trimEnd();
}
