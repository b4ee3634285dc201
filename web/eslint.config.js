import { readdirSync } from 'node:fs';
import { URL } from 'node:url';
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

/** Imports flow one way: shared -> features -> app. Features do not know each other. */
const SHARED = ['api', 'components', 'config', 'realtime'];
const FEATURES = readdirSync(new URL('src/features/', import.meta.url));

const PARENT = { group: ['../*'], message: 'Name another folder from its root: @/…' };

function boundary(files, forbidden) {
  const patterns = forbidden.map(({ group, message }) => ({ group, message }));
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [PARENT, ...patterns] }] } };
}

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // It misses that an initial state's type is the slice's type.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Axios and RTK Query hand errors on as they are.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['src/**/*.tsx'],
    ...a11y.flatConfigs.strict,
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ...hooks.configs.flat['recommended-latest'],
  },
  {
    files: ['src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/[A-Za-z]{2}/]', message: 'Texts come from config/strings.' },
      ],
    },
  },
  boundary(
    SHARED.map((folder) => `src/${folder}/**`),
    [{ group: ['@/features/**', '@/app/**'], message: 'What is shared knows neither features nor the app.' }],
  ),
  ...FEATURES.map((feature) =>
    boundary(
      [`src/features/${feature}/**`],
      [
        { group: ['@/app/**'], message: 'Features do not know the app.' },
        {
          group: FEATURES.filter((other) => other !== feature).map((other) => `@/features/${other}/**`),
          message: 'Features do not import each other; the app puts them together.',
        },
      ],
    ),
  ),
  { files: ['public/**/*.js'], ...ts.configs.disableTypeChecked },
  { files: ['public/**/*.js'], languageOptions: { globals: { window: 'readonly', document: 'readonly' } } },
  { files: ['eslint.config.js'], ...ts.configs.disableTypeChecked },
  { files: ['e2e/**/*.ts'], rules: { 'no-empty-pattern': 'off' } },
);
