import { describe, expect, it } from 'vitest';
import { logRuns } from './logs';

const kindsOf = (text: string) => logRuns(text.split('\n')).map(({ isLog, lines }) => [isLog ? 'log' : 'prose', lines.length]);

const SERVER_LOG = `2026-01-31T09:15:00.123Z INFO server: listening on 0.0.0.0:8080
2026-01-31T09:15:02.001Z WARN pool: slow query took=1204ms table=tickets
2026-01-31T09:15:02.418Z ERROR pool: connection reset by peer
2026-01-31T09:15:03.000Z INFO pool: reconnected`;

const STACK_TRACE = `TypeError: Cannot read properties of undefined (reading 'id')
    at render (app.js:12:7)
    at Array.map (<anonymous>)
    at update (vendor.js:901:22)
    at flush (vendor.js:77:3)`;

const PYTHON = `Traceback (most recent call last):
  File "main.py", line 3, in <module>
    run()
  File "main.py", line 2, in run
    raise ValueError("no")
ValueError: no`;

const JSON_TEXT = `{
  "name": "label printer",
  "driver": "8.4.1",
  "paper": [
    "A6"
  ]
}`;

describe('a log', () => {
  it.each([
    ['of a server', SERVER_LOG],
    ['with a stack trace', STACK_TRACE],
    ['of Python', PYTHON],
    ['that is data', JSON_TEXT],
    ['of the system', Array(4).fill('Jan  3 10:00:01 host sshd[12]: Accepted key').join('\n')],
    ['of pairs', Array(4).fill('level=info msg=started port=80').join('\n')],
  ])('%s is found whole', (_what, text) => {
    expect(kindsOf(text)).toEqual([['log', text.split('\n').length]]);
  });

  it('is found between sentences', () => {
    expect(kindsOf(`Hello,\nthis is what I see:\n\n${SERVER_LOG}\n\nWhat can I do?`)).toEqual([
      ['prose', 3],
      ['log', 4],
      ['prose', 2],
    ]);
  });

  it('may have a blank line and a line of another kind in between', () => {
    expect(kindsOf(`${SERVER_LOG}\n\n${SERVER_LOG}\nand so on\n${SERVER_LOG}`)).toEqual([['log', 14]]);
  });
});

it.each([
  ['a letter', 'Hello,\n\nthe printer is on fire.\nPlease help.\n\nKind regards,\nCora'],
  ['an indented list', 'I tried:\n  - another cable\n  - another socket\n  - another printer\n  - another office'],
  ['a poem', '  Roses are red;\n  violets are blue;\n  printers jam;\n  so do you;'],
  ['three lines of a log', SERVER_LOG.split('\n').slice(1).join('\n')],
  ['opening hours', 'Monday 10:00\nTuesday 11:00\nWednesday 12:00\nThursday 13:00\nFriday 14:00'],
])('%s is prose', (_what, text) => {
  expect(kindsOf(text)).toEqual([['prose', text.split('\n').length]]);
});
