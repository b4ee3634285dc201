import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** The chunks with texts that do not come at the moment, and those that come only when told to. */
const network = { missing: new Set<string>(), slow: new Map<string, Promise<void>>() };

async function fetched<T>(file: string, original: () => Promise<T>): Promise<T> {
  await network.slow.get(file);
  if (network.missing.has(file)) throw new Error(`${file} does not come`);
  return original();
}

let hear: (event: { key: string | null; newValue: string | null }) => void = () => undefined;
const stored = vi.fn();
const page = { lang: '' };

/** The module as a page that was just opened has it. */
async function open(languages = ['en']) {
  vi.resetModules();
  // Each time anew: what a mock has answered once is kept.
  vi.doMock('./strings/de/shell', (original) => fetched('de/shell', original));
  vi.doMock('./strings/de/tickets', (original) => fetched('de/tickets', original));
  vi.doMock('./strings/en/tickets', (original) => fetched('en/tickets', original));
  vi.stubGlobal('document', { documentElement: page });
  vi.stubGlobal('window', { addEventListener: (_type: string, listener: typeof hear) => (hear = listener) });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: stored });
  vi.stubGlobal('navigator', { languages });
  const texts = await import('./i18n');
  await texts.startLanguage();
  return { ...texts, t: texts.i18next.t };
}

/** Until what is under way and waits for nothing is done. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Holds a chunk back; what it returns lets it come. */
function hold(file: string): () => Promise<unknown> {
  let release = () => {};
  network.slow.set(file, new Promise((resolve) => (release = resolve)));
  return () => {
    release();
    return settled();
  };
}

beforeEach(() => {
  network.missing.clear();
  network.slow.clear();
  stored.mockClear();
});

afterEach(() => void vi.unstubAllGlobals());

it('speaks English where the texts of the reader do not come', async () => {
  const { needTexts, t } = await open(['de-AT']);
  network.missing.add('de/tickets');
  await needTexts('tickets');
  expect(t('tickets.newTicket')).toBe('New ticket');
  expect(t('shell.retry')).toBe('Erneut versuchen');
});

it('fails without texts in any language, and tries again when asked to', async () => {
  const { needTexts, t } = await open(['de']);
  network.missing.add('de/tickets').add('en/tickets');
  await expect(needTexts('tickets')).rejects.toThrow();
  network.missing.clear();
  await needTexts('tickets');
  expect(t('tickets.newTicket')).toBe('Neues Ticket');
});

it('says that a language does not come, and stays with the one before', async () => {
  const { chooseLanguage, needTexts, i18next, t } = await open();
  await needTexts('tickets');
  network.missing.add('de/tickets');
  await expect(chooseLanguage('de')).rejects.toThrow();
  expect(i18next.language).toBe('en');
  expect(stored).not.toHaveBeenCalled();
  // What comes later comes in the language that is shown.
  expect(t('shell.retry')).toBe('Try again');

  network.missing.clear();
  await chooseLanguage('de');
  expect(t('tickets.newTicket')).toBe('Neues Ticket');
  expect(stored).toHaveBeenCalledExactlyOnceWith('deskwire.language', 'de');
  expect(page.lang).toBe('de');
});

it.each([
  ['comes', false],
  ['fails', true],
])('does the latest wish, though the one before it %s later', async (_name, fails) => {
  const { chooseLanguage, i18next } = await open();
  const release = hold('de/shell');
  if (fails) network.missing.add('de/shell');
  const first = chooseLanguage('de');
  await chooseLanguage('en');
  await release();
  await first;
  expect(i18next.language).toBe('en');
  expect(stored).toHaveBeenCalledExactlyOnceWith('deskwire.language', 'en');
});

it('brings what is asked for while it is on its way', async () => {
  const { chooseLanguage, needTexts, t } = await open();
  const release = hold('de/shell');
  const chosen = chooseLanguage('de');
  await needTexts('tickets');
  expect(t('tickets.newTicket')).toBe('New ticket');
  await release();
  await chosen;
  expect(t('tickets.newTicket')).toBe('Neues Ticket');
});

it('follows the other tabs', async () => {
  const { i18next } = await open();
  hear({ key: 'deskwire.language', newValue: 'de' });
  await vi.waitFor(() => expect(i18next.language).toBe('de'));
  hear({ key: 'deskwire.language', newValue: 'tlh' });
  hear({ key: 'deskwire.alerts', newValue: 'en' });
  hear({ key: null, newValue: null });
  await settled();
  expect(i18next.language).toBe('de');
  // It is kept already.
  expect(stored).not.toHaveBeenCalled();
});
