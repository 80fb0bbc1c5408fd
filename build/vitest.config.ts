import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { READS_VARIABLE } from './lib/remembered/reads.mjs';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    // Hundreds of whole jobs: they run beside the kills.
    exclude: [...configDefaults.exclude, '**/flips*.test.ts'],
    globalSetup: ['build/lib/memory-folder.ts'],
    setupFiles: [
      'build/lib/property-seed.ts',
      ...(process.env[READS_VARIABLE] === undefined ? [] : ['build/lib/remembered/note-reads.mjs']),
      ...(process.env['HUSHCAL_LATE'] === undefined ? [] : ['build/lib/late-answers.mjs']),
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A process per processor and not one per file: modules are loaded once in each. A test therefore puts back what it
    // changes of the process: clocks, globals, the environment.
    isolate: false,
    // What is as it was the last time is not compiled again: a part of a warm check, and half of a single file.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    maxWorkers: availableParallelism(),
    // Tests make much that is soon waste: with room for it, it is looked through less often.
    execArgv: ['--max-semi-space-size=64'],
  },
});
