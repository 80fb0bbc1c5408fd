import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    // Hundreds of whole jobs: they run beside the kills.
    exclude: [...configDefaults.exclude, '**/flips*.test.ts'],
    testTimeout: 30_000,
    // A process per processor and not one per file: our own modules are loaded anew for each file, packages once. A test
    // therefore puts back what it changes of the process: clocks, globals, the environment.
    isolate: false,
    maxWorkers: availableParallelism(),
  },
});
