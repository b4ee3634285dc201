// No text is missing: every language has every English text, in all the forms that it counts in and with what is put in.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/config/i18n';

type Texts = { [key: string]: string | Texts };

const FILES = import.meta.glob<Record<string, Texts>>('./{en,de}/*.ts', { eager: true });
const GROUPS = Object.keys(FILES).flatMap((path) => /^\.\/en\/(\w+)\.ts$/.exec(path)?.[1] ?? []);
const SOURCES = import.meta.glob<string>(['/src/**/*.{ts,tsx}', '!/src/config/**', '!/src/**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** The forms that a number takes, added to the key. */
const FORM = /_(zero|one|two|few|many|other)$/;

/** All texts of a group by their path, as in `account.login.title`. */
function textsOf(language: string, group: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (texts: Texts, path: string) => {
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text === 'string') found.set(`${path}.${key}`, text);
      else visit(text, `${path}.${key}`);
    }
  };
  visit(FILES[`./${language}/${group}.ts`]?.[group] ?? {}, group);
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const withoutForm = (key: string) => key.replace(FORM, '');
const english = GROUPS.map((group) => [group, textsOf('en', group)] as const);

describe.each(Object.keys(LANGUAGES))('%s', (language) => {
  it.each(english)('says everything of %s', (group, wanted) => {
    const texts = textsOf(language, group);
    expect(new Set([...texts.keys()].map(withoutForm))).toEqual(new Set([...wanted.keys()].map(withoutForm)));
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(english)('has every form that counts take in %s', (group, wanted) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = new Set([...wanted.keys()].filter((key) => FORM.test(key)).map(withoutForm));
    const expected = [...counted].flatMap((key) => forms.map((form) => `${key}_${form}`));
    const present = [...textsOf(language, group).keys()].filter((key) => FORM.test(key));
    expect(present.sort()).toEqual(expected.sort());
  });

  it.each(english)('puts the same things in in %s', (group, wanted) => {
    for (const [key, text] of textsOf(language, group)) {
      const original = wanted.get(key) ?? wanted.get(`${withoutForm(key)}_other`) ?? '';
      expect(placeholders(text), key).toEqual(placeholders(original));
    }
  });
});

it('has no text that nothing shows', () => {
  const code = Object.values(SOURCES).join('\n');
  const isNamed = (key: string) => code.includes(`'${key}'`) || code.includes(`'${key}.`);
  // A key with a part that is known at run time only, as in `tickets.status.${status}`.
  const isComposed = (key: string) => {
    const parts = key.split('.');
    return parts.some((_part, count) => count > 0 && code.includes(`\`${parts.slice(0, count).join('.')}.\${`));
  };
  const unused = english
    .flatMap(([, texts]) => [...texts.keys()])
    .map(withoutForm)
    .filter((key) => !isNamed(key) && !isComposed(key));
  expect(unused).toEqual([]);
});
