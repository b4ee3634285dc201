// Vite plugin: the limits of text fields, read from the API's own document, as `virtual:contract-limits`.
// Only these numbers reach the bundle, not the document.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const NAME = 'virtual:contract-limits';
const RESOLVED = `\0${NAME}`;

interface Schema {
  properties?: Record<string, { minLength?: number; maxLength?: number; format?: string }>;
}

/** Fields of request bodies with their limits, by schema and field name. */
export function limitsOf(schemas: Record<string, Schema>) {
  const limits: Record<string, Record<string, { min: number; max?: number }>> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (!name.endsWith('Request')) continue;
    for (const [field, { minLength, maxLength }] of Object.entries(schema.properties ?? {})) {
      if (minLength === undefined && maxLength === undefined) continue;
      limits[name] ??= {};
      limits[name][field] = { min: minLength ?? 0, max: maxLength };
    }
  }
  return limits;
}

export function contractLimits(document: string): Plugin {
  return {
    name: 'contract-limits',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      this.addWatchFile(document);
      const { components } = JSON.parse(readFileSync(document, 'utf8')) as {
        components: { schemas: Record<string, Schema> };
      };
      return `export default ${JSON.stringify(limitsOf(components.schemas))};`;
    },
  };
}
