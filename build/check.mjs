import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { runChecks } from './lib/steps/checks.mjs';

// `npm run check`: types, lint, format, import directions and all tests that need no display, but for those that passed
// and are made of what they were made of then (`-- --all`: these, too). `-- --changed` looks only at what differs from the main
// branch, and at the tests that import it; types and directions are checked whole.
const options = { changed: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } };
const { values } = parseArgs({ options });
await ensureDependencies();
finish(await runChecks({ changed: values.changed, remembers: !values.all }));
