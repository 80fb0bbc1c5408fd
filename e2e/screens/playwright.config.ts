import base from '../playwright.config.ts';

/** Run by `npm run screens`: pictures of every screen, and no test of the suite. */
export default {
  ...base,
  testDir: '.',
  outputDir: '../../.cache/playwright-screens',
  globalSetup: './setup.config.ts',
};
