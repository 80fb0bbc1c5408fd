import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/tally.mjs';
import { runChecks } from './lib/checks.mjs';

// `npm run check`: types, lint, format, import directions and all tests that need no display.
await ensureDependencies();
finish(await runChecks());
