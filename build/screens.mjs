import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { prepareElectron, runScreens } from './lib/steps/end-to-end.mjs';

// `npm run screens`: every screen and dialog as pictures and one contact sheet, in e2e/output/screens.
await ensureDependencies();
finish([await runScreens(await prepareElectron(), process.argv.slice(2))]);
