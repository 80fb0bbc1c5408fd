import { defineConfig } from 'vitest/config';

/** The examples of the manual for several machines, with the real GNU parallel and a real Slurm. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/fleet/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
