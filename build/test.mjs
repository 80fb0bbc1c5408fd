import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { packApp, prepareElectron, runEndToEnd } from './lib/steps/end-to-end.mjs';
import { runChecks } from './lib/steps/checks.mjs';
import { runCrashes, runShortFuzz } from './lib/steps/crashes.mjs';

// `npm test`: everything. The last line is `N passed, N failed`.
await ensureDependencies();
const runtime = await prepareElectron();
const checks = await runChecks();
const crashes = await runCrashes();
// The fuzzer takes one processor; the app that the window tests need is made by the other one.
const [fuzz] = await Promise.all([runShortFuzz(), packApp(runtime)]);
finish([...checks, crashes, fuzz, await runEndToEnd(runtime, [])]);
