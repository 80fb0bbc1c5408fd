import js from '@eslint/js';
import globals from 'globals';
import regexp from 'eslint-plugin-regexp';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { root } from './lib/root.mjs';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' };
const noParameterProperty = { selector: 'TSParameterProperty', message: 'Node cannot strip it: write the field out.' };

const noPrivateWord = {
  selector: ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility="private"]',
  message: 'A private member is called #name.',
};

/** Modules that one file, or one folder, may import: everybody else goes through it. */
const reserved = [
  { name: 'electron', message: 'Only electron/app, electron/ipc, main and preload know Electron.' },
  { name: 'tsdav', message: 'Only engine/caldav/transport/tsdav-adapter.ts adapts it.' },
  { name: 'ical.js', message: 'Only engine/icalendar has an adapter for it.' },
];
const reserve = (allowed) => [
  'error',
  { paths: reserved.filter((entry) => entry.name !== allowed && entry.name !== '*') },
];

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', '.cache/', 'e2e/output/', 'build/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        tsconfigRootDir: root,
        project: ['build/tsconfig.web.json', 'build/tsconfig.node.json', 'build/tsconfig.shared.json'],
      },
    },
    rules: {
      // tsc knows undefined names better.
      'no-undef': 'off',
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noParameterProperty, noPrivateWord],
      'no-restricted-imports': reserve(null),
      // Calendars and XML are checked for control characters on purpose.
      'no-control-regex': 'off',
      // Its successor is a package of its own that does the same.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'XMLValidator', package: 'fast-xml-parser' }] },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // noPropertyAccessFromIndexSignature demands brackets where this rule would forbid them.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Benchmarks measure the libraries themselves.
    files: ['build/bench/**/*.ts'],
    rules: { 'no-restricted-imports': 'off', '@typescript-eslint/no-unnecessary-type-parameters': 'off' },
  },
  {
    files: ['electron/main.ts', 'electron/preload.ts', 'electron/app/**/*.ts', 'electron/ipc/**/*.ts'],
    rules: { 'no-restricted-imports': reserve('electron') },
  },
  { files: ['electron/engine/caldav/**/*.ts'], rules: { 'no-restricted-imports': reserve('tsdav') } },
  { files: ['electron/engine/icalendar/**/*.ts'], rules: { 'no-restricted-imports': reserve('ical.js') } },
  {
    // Foreign text decides how long a pattern looks at it: none may look at the same place again and again.
    files: ['electron/**/*.ts', 'shared/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', '**/testing/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': 'error',
    },
  },
  {
    files: ['electron/**/*.ts', 'shared/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  // Its texts are cut to a length at which that does not matter.
  { files: ['electron/engine/search/shapes.ts'], rules: { 'regexp/no-super-linear-move': 'off' } },
  { files: ['electron/cli.ts', 'electron/cli/**/*.ts', 'build/**'], rules: { 'no-console': 'off' } },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The React Compiler is not used, so what TanStack Virtual gives may stay what it is.
    rules: { ...reactHooks.configs.recommended.rules, 'react-hooks/incompatible-library': 'off' },
  },
  {
    // A test may import any library to look at what came out, and asserts on values whose type it does not control.
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // The tools that read these files ask for a default export.
    files: ['**/*.config.{ts,js}', 'build/eslint.config.js'],
    rules: { 'no-restricted-syntax': ['error', noEnum] },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
);
