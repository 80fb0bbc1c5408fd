import { defineConfig } from '@playwright/test';

/** Run by `npm run test:e2e`, which makes the build, the runtime and a display ready. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../.cache/playwright',
  // Two processors for an Electron, its page and a server: tests follow one another.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
});
