import { defineConfig } from '@playwright/test';
import { displays } from './harness/displays.ts';

/** Run by `npm run test:e2e`, which makes the build, the runtime and a display ready. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../.cache/playwright',
  // One worker per display that was made for the tests; on a person's own display windows follow one another. Each
  // test finds the app as at its start.
  workers: displays().length,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
});
