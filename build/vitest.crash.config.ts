import { defineConfig } from 'vitest/config';

/** Kills and faults against the built command line, bent answers and flipped bits against the engine: two files at a time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/crash/**/*.test.ts', 'e2e/bends/**/*.test.ts', 'electron/**/flips*.test.ts'],
    globalSetup: ['e2e/crash/compile.ts'],
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
