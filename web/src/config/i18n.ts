// The languages of the interface. English texts that every page may need are built in; the others load with the pages
// that show them, each group in the language of the reader.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { failure } from './strings/en/failure';
import { shell } from './strings/en/shell';
import type { TextGroup } from './strings/texts';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'deskwire.language';

type Texts = Record<string, object>;
const FILES = import.meta.glob<Texts>(['./strings/*/*.ts', '!./strings/en/{failure,shell}.ts']);

/** What pages have asked for so far, so that another language brings all of it. */
const needed = new Set<TextGroup>(['failure', 'shell']);
let language = preferredLanguage();

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: { failure, shell } } },
  interpolation: { escapeValue: false },
});

/** Resolves once the texts of these groups are there. */
export async function needTexts(...groups: TextGroup[]): Promise<void> {
  groups.forEach((group) => needed.add(group));
  await loadTexts(language, groups);
}

/** What `load` imports, with the texts that it shows. */
export function withTexts<T>(groups: TextGroup[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [loaded] = await Promise.all([load(), needTexts(...groups)]);
    return loaded;
  };
}

export function currentLanguage(): Language {
  return language;
}

/** Shows everything in another language, from now on and on this device. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  await show(chosen);
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
}

/** Shows the reader's language, or English when its texts cannot be had; to be called once, at the start. */
export async function startLanguage(): Promise<void> {
  try {
    await show(language);
  } catch {
    language = 'en';
  }
}

async function show(chosen: Language): Promise<void> {
  await loadTexts(chosen, [...needed]);
  language = chosen;
  // Asked for while the others were on their way.
  await loadTexts(chosen, [...needed]);
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
}

async function loadTexts(of: Language, groups: TextGroup[]): Promise<void> {
  await Promise.all(
    groups.map(async (group) => {
      if (i18next.getResource(of, 'translation', group) !== undefined) return;
      const file = await FILES[`./strings/${of}/${group}.ts`]?.();
      i18next.addResourceBundle(of, 'translation', { [group]: file?.[group] }, true);
    }),
  );
}

function preferredLanguage(): Language {
  const kept = keptLanguage();
  if (isLanguage(kept)) return kept;
  const preferred = globalThis.navigator?.languages ?? [];
  return preferred.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

function keptLanguage(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEPT_AS) ?? null;
  } catch {
    return null;
  }
}

function isLanguage(text: string | null | undefined): text is Language {
  return text != null && Object.hasOwn(LANGUAGES, text);
}

export { i18next };
