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

/** How many wishes for a language there were: the latest one counts, whichever texts come first. */
let wishes = 0;

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: { failure, shell } } },
  interpolation: { escapeValue: false },
});

/** Resolves once the texts of these groups are there, in English if they cannot be had in the reader's language. */
export async function needTexts(...groups: TextGroup[]): Promise<void> {
  groups.forEach((group) => needed.add(group));
  await loadTexts(i18next.language, groups).catch(() => loadTexts('en', groups));
}

/** What `load` imports, with the texts that it shows. */
export function withTexts<T>(groups: TextGroup[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [loaded] = await Promise.all([load(), needTexts(...groups)]);
    return loaded;
  };
}

/** Shows everything in another language, from now on, on this device, in all tabs. Rejects when it cannot be had. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  if (!(await show(chosen))) return;
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
}

/** Shows the reader's language, or English when its texts cannot be had; to be called once, at the start. */
export async function startLanguage(): Promise<void> {
  window.addEventListener('storage', ({ key, newValue }) => {
    // In another tab. Should its texts not come here, this tab stays as it is.
    if (key === KEPT_AS && isLanguage(newValue)) show(newValue).catch(() => undefined);
  });
  await show(preferredLanguage()).catch(() => undefined);
}

/** Says whether it is still the wish once the texts are there. */
async function show(chosen: Language): Promise<boolean> {
  wishes += 1;
  const wish = wishes;
  // More may be asked for while the others are on their way.
  for (let loaded = 0; loaded < needed.size; ) {
    loaded = needed.size;
    try {
      await loadTexts(chosen, [...needed]);
    } catch (error) {
      if (wish === wishes) throw error;
    }
    if (wish !== wishes) return false;
  }
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
  return true;
}

async function loadTexts(of: string, groups: TextGroup[]): Promise<void> {
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
