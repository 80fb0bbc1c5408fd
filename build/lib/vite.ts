import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

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

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Writes down which packages went into a part of the build: their folders, for the notices (build/lib/ship/notices.mjs). */
export function noteThePackages(part: string): Plugin {
  return {
    name: 'hushcal-packages',
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap((id) => PACKAGE.exec(id.replace(/^\0/, ''))?.[1] ?? []);
      const names = new Set(folders.map((folder) => folder.slice(here('').length + 1)));
      mkdirSync(here('out'), { recursive: true });
      writeFileSync(here(`out/.packages-${part}.json`), JSON.stringify([...names].sort()));
    },
  };
}
