import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/tally.mjs';
import { prepareElectron, runEndToEnd } from './lib/end-to-end.mjs';
import { runChecks } from './lib/checks.mjs';
import { runCrashes, runShortFuzz } from './lib/crashes.mjs';

// `npm test`: everything. The last line is `N passed, N failed`.
await ensureDependencies();
const runtime = await prepareElectron();
const checks = await runChecks();
const crashes = [await runCrashes(), await runShortFuzz()];
finish([...checks, ...crashes, await runEndToEnd(runtime, [])]);
