import { inRoot } from './lib/root.mjs';
import { RARELY_COLLECTED, runNode } from './lib/run.mjs';

// `npm run lint [-- FILE…]`: everything, or these, by the rules of `.oxlintrc.json`.
const oxlint = [inRoot('node_modules/oxlint/bin/oxlint'), '--deny-warnings', ...process.argv.slice(2)];
const { code } = await runNode(oxlint, { env: RARELY_COLLECTED });
process.exitCode = code;
