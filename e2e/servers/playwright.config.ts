import base from '../playwright.config.ts';

/** The window against real servers; run by `npm run test:servers`, since these are Debian packages. */
export default {
  ...base,
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../.cache/playwright-servers',
  timeout: 180_000,
};
