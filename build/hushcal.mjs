import { createRequire } from 'node:module';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot } from './lib/root.mjs';

// `npm run --silent hushcal -- …`: the command line, built first where it is missing or old. It runs in this process, so
// that signals, standard input and the exit code are its own.
await ensureDependencies();
await ensureBuilt('cli');
const cli = inRoot('out/main/cli.cjs');
process.argv[1] = cli;
createRequire(import.meta.url)(cli);
