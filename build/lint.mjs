import { lint } from './lib/lint.mjs';

// `npm run lint [-- FILE…]`: everything, or these; what was found clean and did not change since is not looked at again.
const { good, text } = await lint(process.argv.slice(2));
if (text !== '') process.stdout.write(text);
process.exitCode = good ? 0 : 1;
