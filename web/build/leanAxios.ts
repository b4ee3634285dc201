// Vite plugin: leaves out Axios' fetch adapter, 4 kB that a browser with XMLHttpRequest never runs.
import type { Plugin } from 'vite';

const EMPTY = '\0axios-without-fetch';

export function leanAxios(): Plugin {
  let isFound = false;
  return {
    name: 'lean-axios',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source !== './fetch.js' || !importer?.endsWith('/axios/lib/adapters/adapters.js')) return undefined;
      isFound = true;
      return EMPTY;
    },
    // The adapter says of itself that it is not to be had here.
    load: (id) => (id === EMPTY ? 'export const getFetch = () => false; export default false;' : undefined),
    buildEnd(error) {
      if (!error && !isFound) this.error('Axios has changed: its fetch adapter is not where it was');
    },
  };
}
