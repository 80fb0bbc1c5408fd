import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/tally.mjs';
import { prepareElectron, runEndToEnd } from './lib/end-to-end.mjs';
import { runChecks } from './lib/checks.mjs';

// `npm test`: everything. The last line is `N passed, N failed`.
await ensureDependencies();
const runtime = await prepareElectron();
const checks = await runChecks();
finish([...checks, await runEndToEnd(runtime, [])]);
