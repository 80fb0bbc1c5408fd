import { defineConfig } from 'vitest/config';

/** Real servers on loopback: one file after the other, since two cores do not carry more. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/servers/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 90_000,
  },
});
