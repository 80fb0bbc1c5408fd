import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { inRoot } from './lib/root.mjs';

// `node build/servers-page.mjs`: writes docs/servers.md and the table of the README anew, from the server profiles.
const entry = inRoot('electron/engine/scheduling/profiles/page.ts');
const { output } = await build({
  configFile: false,
  logLevel: 'error',
  build: { ssr: entry, write: false, minify: false },
});
const code = Buffer.from(output[0].code).toString('base64');
const { serversPage, shortTable } = await import(`data:text/javascript;base64,${code}`);

writeFileSync(inRoot('docs/servers.md'), serversPage());
const readme = inRoot('README.md');
const text = readFileSync(readme, 'utf8');
writeFileSync(
  readme,
  text.replace(/\| server \| versions \|[^]*?\n(?=\n)/, () => `${shortTable()}\n`),
);
