import { writeFileSync } from 'node:fs';
import { build } from 'vite';
import { inRoot } from './lib/root.mjs';

// `node build/servers-page.mjs`: writes docs/servers.md anew, from the server profiles.
const entry = inRoot('electron/engine/scheduling/profiles/page.ts');
const { output } = await build({
  configFile: false,
  logLevel: 'error',
  build: { ssr: entry, write: false, minify: false },
});
const code = Buffer.from(output[0].code).toString('base64');
const { serversPage } = await import(`data:text/javascript;base64,${code}`);

writeFileSync(inRoot('docs/servers.md'), serversPage());
