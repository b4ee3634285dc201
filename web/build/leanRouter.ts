// Vite plugin: lets the bundler drop the components of React Router that nobody uses, 1 kB. Their names for developer
// tools, and calls that are not known to be pure, keep them in otherwise.
import type { Plugin } from 'vite';

const NAME = /^\w+\.displayName = "[^"]*";$/gm;
const CALL = /= (React\d*\.(?:forwardRef|createContext|memo)\()/g;

export function leanRouter(): Plugin {
  let isFound = false;
  return {
    name: 'lean-router',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/react-router/dist/production/') || code.search(CALL) < 0) return undefined;
      isFound = true;
      return { code: code.replace(NAME, '').replace(CALL, '= /* @__PURE__ */ $1'), map: null };
    },
    buildEnd(error) {
      if (!error && !isFound) this.error('React Router has changed: its components are not where they were');
    },
  };
}
