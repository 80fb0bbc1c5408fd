import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';

// `npm run lint [-- FILE…]`: everything, or these, by the rules of `.oxlintrc.json`.
const { code } = await runNode([inRoot('node_modules/oxlint/bin/oxlint'), '--deny-warnings', ...process.argv.slice(2)]);
process.exitCode = code;
