// Vite plugin: fails the build when a component of Mantine is used whose styles are not imported. Only the styles that
// are needed are; the whole sheet is four times as large and delays the first paint.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const CLASSES = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;
const SHEET = /@mantine\/core\/styles\/(\w+)\.css$/;
const sheetOf = (name: string) => fileURLToPath(new URL(`../node_modules/@mantine/core/styles/${name}.css`, import.meta.url));

export function mantineStyles(): Plugin {
  return {
    name: 'mantine-styles',
    apply: 'build',
    generateBundle(_options, bundle) {
      const imported = new Set([...this.getModuleIds()].flatMap((id) => SHEET.exec(id)?.[1] ?? []));
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules));
      const used = new Set(modules.flatMap(([id, { code }]) => (code ? (CLASSES.exec(id)?.[1] ?? []) : [])));
      const missing = [...used].filter((name) => existsSync(sheetOf(name)) && !imported.has(name)).sort();
      if (missing.length > 0) this.error(`The styles of ${missing.join(', ')} are not imported in src/app/mantineStyles.ts`);
    },
  };
}
