import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { prepareElectron, runEndToEnd } from './lib/steps/end-to-end.mjs';

// `npm run test:e2e [-- arguments for Playwright]`: the built app in the real Electron.
await ensureDependencies();
finish([await runEndToEnd(await prepareElectron(), process.argv.slice(2))]);
