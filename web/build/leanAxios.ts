// Vite plugin: leaves out the parts of Axios that this app never runs, 8 kB.
import type { Plugin } from 'vite';

/** What takes the place of a module, by the end of its path and how it is imported. */
const LEFT_OUT: Record<string, string> = {
  // A browser with XMLHttpRequest never runs the fetch adapter, which then says of itself that it is not to be had.
  'adapters/fetch.js': 'export const getFetch = () => false; export default false;',
  // Names of status codes, for those who import them.
  'helpers/HttpStatusCode.js': 'export default {};',
  // Requests here are JSON; a form would be sent as it is.
  'helpers/formDataToJSON.js': 'export default () => null;',
  'helpers/toFormData.js': 'export default () => null;',
  'helpers/toURLEncodedForm.js': 'export default () => null;',
  // For browsers without URLSearchParams, and for parameters that nobody has written out.
  'helpers/AxiosURLSearchParams.js': 'export default class AxiosURLSearchParams {}',
  // Nothing here shows how far a request is: a listener would hear of every event.
  'helpers/progressEventReducer.js':
    'export const progressEventReducer = (listener) => [listener, () => {}, listener];',
  // The older way to give up a request; here it is a signal.
  'cancel/CancelToken.js': 'export default class CancelToken {}',
  // For a scheme against forged requests that has its token in a cookie; here it is in the header.
  'helpers/cookies.js': 'export default { read: () => null, readAsync: () => Promise.resolve(null), write: () => {}, remove: () => {} };',
};

const PREFIX = '\0axios-without-';

export function leanAxios(): Plugin {
  const found = new Set<string>();
  return {
    name: 'lean-axios',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('.') || !importer?.includes('/axios/lib/')) return undefined;
      const path = new URL(source, `file://${importer}`).pathname;
      const name = Object.keys(LEFT_OUT).find((module) => path.endsWith(`/axios/lib/${module}`));
      if (!name) return undefined;
      found.add(name);
      return PREFIX + name;
    },
    load: (id) => (id.startsWith(PREFIX) ? LEFT_OUT[id.slice(PREFIX.length)] : undefined),
    buildEnd(error) {
      const missing = Object.keys(LEFT_OUT).filter((name) => !found.has(name));
      if (!error && missing.length > 0) this.error(`Axios has changed: ${missing.join(', ')} is not where it was`);
    },
  };
}
