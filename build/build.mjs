import { existsSync } from 'node:fs';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot } from './lib/root.mjs';

await ensureDependencies();
await ensureBuilt('window');
if (existsSync(inRoot('electron/cli.ts'))) await ensureBuilt('cli');
