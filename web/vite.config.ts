import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { bundleBudget } from './build/bundleBudget.ts';
import { contractLimits } from './build/contractLimits.ts';
import { leanAxios } from './build/leanAxios.ts';
import { leanRouter } from './build/leanRouter.ts';
import { mantineStyles } from './build/mantineStyles.ts';
import { precompress } from './build/precompress.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` finds the server when no other origin is configured. */
const LOCAL_SERVER = 'http://localhost:8080';

/** What every page needs, in one file: it compresses best together, and what comes from others changes rarely. */
const BASIS = [
  /node_modules\/(react|react-dom|scheduler|react-redux|redux|redux-thunk|immer|reselect|axios|i18next|react-i18next)\//,
  /node_modules\/(react-router|@reduxjs\/toolkit\/dist\/redux-toolkit)[./]/,
  /node_modules\/@mantine\/core\/esm\/(core|components\/(Button|Center|Group|Loader|Stack|Text|Title|Transition))\//,
  /vite\/preload-helper/,
  /node_modules\/@tabler\/icons-react\/dist\/esm\/(createReactComponent|defaultAttributes|icons\/IconCloudOff)/,
  /src\/(api\/(accessToken|authorisation|failure|http|refresh|sessionSlice|tabs|useUser)|config\/(env|i18n|theme|strings\/en\/(failure|shell))|app\/(store|paths)|components\/(ErrorBoundary|Logo|Notice|documentTitle|lazily|form\/fieldErrors))[./]/,
];

/** The same for what signed-in people need. */
const SIGNED_IN = [
  /node_modules\/@reduxjs\/toolkit\/dist\/query\//,
  /src\/(realtime|features\/tickets\/(freshness|lastMessageText|ticketEvents|ticketsApi|useTicketList|listQuery|customer\/standing|PriorityFlag|ViewLinks)|app\/(Shell|signedInStore))/,
  /src\/components\/(FailureNotice|MoreButton|RelativeTime|StatusBadge|time)/,
];

const SHELL = '/app/pages/SignedInShell.tsx';

const isOneOf = (patterns: RegExp[]) => (id: string) => patterns.some((pattern) => pattern.test(id));

export default defineConfig(({ command, mode }) => {
  const { VITE_API_BASE_URL } = loadEnv(mode, at('.'));
  return {
    resolve: {
      alias: [
        { find: '@', replacement: at('./src') },
        // For versions of React that do not have it; ours does.
        { find: /^use-sync-external-store\/shim$/, replacement: 'react' },
        // The package's own entry is its development build, whatever is built.
        ...(command === 'build' && mode === 'production'
          ? [{ find: /^react-router$/, replacement: at('./node_modules/react-router/dist/production/index.mjs') }]
          : []),
      ],
    },
    plugins: [
      react(),
      leanAxios(),
      leanRouter(),
      contractLimits(at('./openapi.json')),
      bundleBudget({
        faces: [
          { name: 'signed out', maxKilobytes: 180, routes: ['/app/pages/LoginPage.tsx'], texts: ['account'] },
          { name: 'customer', maxKilobytes: 180, routes: [SHELL, '/app/pages/MyTicketsPage.tsx'], texts: ['tickets'] },
          // With the console: its rows are virtual from the first, and can be searched.
          { name: 'admin', maxKilobytes: 195, routes: [SHELL, '/app/AdminRoutes.tsx'], texts: ['tickets', 'console'] },
        ],
        staffOnly: { folder: '/src/features/tickets/staff/', keptFrom: ['signed out', 'customer'] },
      }),
      mantineStyles(),
      precompress(),
    ],
    server: VITE_API_BASE_URL ? {} : { proxy: { '/api': { target: LOCAL_SERVER, ws: true } } },
    build: {
      target: 'es2023',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // The lists of the password meter, which load when somebody chooses a password. Pages have the budget above.
      chunkSizeWarningLimit: 1700,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'signed-in', test: isOneOf(SIGNED_IN), priority: 1 },
              { name: 'basis', test: isOneOf(BASIS), priority: 2 },
            ],
          },
        },
      },
    },
    test: { include: ['src/**/*.test.ts', 'build/**/*.test.ts'], restoreMocks: true },
  };
});
