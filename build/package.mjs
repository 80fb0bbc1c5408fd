import { statSync, writeFileSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { makeDeb } from './lib/ship/deb.mjs';
import { makeTarball } from './lib/ship/tarball.mjs';
import { packNpm } from './lib/ship/npm-package.mjs';
import { ensureRuntime } from './lib/electron/runtime.mjs';
import { pack, packTargets } from './lib/electron/pack.mjs';
import { inRoot } from './lib/root.mjs';

// `npm run package`: the packages for this system, and the npm package of the command line, in dist/ with their checksums.
await ensureDependencies();
const runtime = await ensureRuntime();
await ensureBuilt('window');
await ensureBuilt('cli');
const { test } = runtime;
const files = [await packNpm()];
if (process.platform === 'linux') {
  const packed = dirname(await pack(runtime));
  files.push(await makeDeb({ packed, test }), await makeTarball({ packed, test }));
} else {
  files.push(...(await packTargets(runtime)));
}
const sums = files.map(
  (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`,
);
writeFileSync(inRoot('dist/SHA256SUMS'), sums.join(''));
for (const file of files) console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB  ${file}`);
