import { expect, it } from 'vitest';
import { withLinks } from './links';

const linksIn = (text: string) => withLinks(text).filter(({ href }) => href !== null);

it('finds web and mail addresses, and keeps every character as it was written', () => {
  const text = 'See https://example.org/a?b=c#d, www.example.com or mail help@example.org.';
  expect(linksIn(text)).toEqual([
    { text: 'https://example.org/a?b=c#d', href: 'https://example.org/a?b=c#d' },
    { text: 'www.example.com', href: 'https://www.example.com' },
    { text: 'help@example.org', href: 'mailto:help@example.org' },
  ]);
  expect(withLinks(text).map((piece) => piece.text).join('')).toBe(text);
});

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(document.cookie)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://example.org/file',
  'blob:https',
])('makes no link of %s', (text) => {
  expect(linksIn(text)).toEqual([]);
});

it('makes no link that would be read in another direction', () => {
  expect(linksIn('https://example.org/\u202egpj.exe')).toEqual([]);
});

it('makes no link of file names and of a bare localhost', () => {
  expect(linksIn('Open main.rs, README.md or setup.py on localhost')).toEqual([]);
  expect(linksIn('http://localhost:8080/x')).toHaveLength(1);
});

it('gives a text without links back whole', () => {
  expect(withLinks('Nothing here.')).toEqual([{ text: 'Nothing here.', href: null }]);
  expect(withLinks('')).toEqual([]);
});
