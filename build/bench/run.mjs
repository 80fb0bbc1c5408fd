// npm run bench [NAME…]: bundles the benchmarks, runs each, prints its table and keeps it in build/bench/results/.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../out/bench/', import.meta.url));
const scripts = (folder) => readdirSync(here + folder).filter((name) => name.endsWith('.ts'));
const names = scripts('.').map((name) => name.slice(0, -3));
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}

const input = Object.fromEntries([
  ...names.map((name) => [name, `${here}${name}.ts`]),
  ...scripts('work').map((name) => [`work/${name.slice(0, -3)}`, `${here}work/${name}`]),
]);
await build({
  configFile: false,
  logLevel: 'warn',
  build: { ssr: true, outDir, target: 'node20', rollupOptions: { input, output: { entryFileNames: '[name].mjs' } } },
  ssr: { noExternal: true },
});
mkdirSync(`${here}results`, { recursive: true });
let failed = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  const result = spawnSync(process.execPath, ['--expose-gc', `${outDir}${name}.mjs`, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (result.status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
