// Tells pasted logs, stack traces and data from prose, line by line.

/** So many lines that look like a log make one. */
const FEWEST = 4;
/** At least this part of its lines. */
const SHARE = 0.6;
/** Other lines in a row that do not end it: a blank line, a message over two lines. */
const PATIENCE = 2;

/** Each alone gives a line away. */
const SURE = [
  /^[[(]?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  /^[[(]?\d\d:\d\d:\d\d\b/,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/,
  /^\W*(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b[\]:\s]/,
  /^\s*at \S.*:\d+\)?$/,
  /^\s*File ".+", line \d+/,
  /^(Caused by:|Traceback |Exception in thread |thread '.*' panicked)/,
  /^[\w.]+(Error|Exception)\b/,
  /^\s*\d+: +(0x[\da-f]+|\S+::\S+)/,
  /^\s+"[^"]+":\s/,
];

const PAIR = /(?:^|\s)[\w.-]+=\S/g;

/** The rest of a line tells nothing more. */
const TELLING = 500;

/** These occur in prose as well: they count among others only. */
const HINTS = [/^(\t| {2,})\S/, /^\s*[{}[\]()]+[;,]?$/, /[{};]$/];

export interface Lines {
  isLog: boolean;
  lines: string[];
}

/** The lines in runs: what is a log, and what is not. */
export function logRuns(lines: string[]): Lines[] {
  const runs: Lines[] = [];
  const push = (isLog: boolean, from: number, to: number) => {
    if (from < to) runs.push({ isLog, lines: lines.slice(from, to) });
  };
  let told = 0;
  for (let start = 0; start < lines.length; start += 1) {
    const end = endOfRun(lines, start);
    if (end === start) continue;
    if (isLog(lines.slice(start, end))) {
      push(false, told, start);
      push(true, start, end);
      told = end;
    }
    start = end - 1;
  }
  push(false, told, lines.length);
  return runs;
}

/** Behind the last line that belongs to what begins at `start`; `start` itself when nothing begins there. */
function endOfRun(lines: string[], start: number): number {
  let end = start;
  if (!isLike(lines[start] ?? '')) return end;
  for (let at = start; at < lines.length && at - end <= PATIENCE; at += 1) {
    if (isLike(lines[at] ?? '')) end = at + 1;
  }
  return end;
}

function isLog(lines: string[]): boolean {
  const like = lines.filter(isLike).length;
  const sure = lines.filter(isSure).length;
  return like >= FEWEST && sure * 2 >= FEWEST && like >= lines.length * SHARE;
}

function isSure(line: string): boolean {
  const start = line.slice(0, TELLING);
  return SURE.some((pattern) => pattern.test(start)) || (start.match(PAIR)?.length ?? 0) > 1;
}

function isLike(line: string): boolean {
  return isSure(line) || HINTS.some((pattern) => pattern.test(line));
}
