import { defineConfig } from 'vitest/config';

/** Packages that are installed on this system: one file after the other. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/packages/**/*.test.ts'],
    fileParallelism: false,
    // lintian reads all of the runtime.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
