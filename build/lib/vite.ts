import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A path from the top folder. electron-vite bundles its configuration, so `import.meta.url` may lie elsewhere. */
export function here(path: string): string {
  return join(process.cwd(), path);
}

const manifest = JSON.parse(readFileSync(here('package.json'), 'utf8')) as {
  version: string;
  devDependencies: { electron: string };
};

/** What the code of electron/ knows from its build. */
export const constants = {
  __HUSHCAL_VERSION__: JSON.stringify(manifest.version),
  /** The Electron this version is made for; another one makes it a test build. */
  __ELECTRON_VERSION__: JSON.stringify(manifest.devDependencies.electron),
};

/** Libraries of which a part is taken. */
export const lean = [{ find: /^undici$/, replacement: here('build/lib/undici.cjs') }];
