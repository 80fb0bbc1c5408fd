import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureRuntime } from './lib/electron/runtime.mjs';
import { pack } from './lib/electron/pack.mjs';

// `npm run package`: the app with its runtime in dist/.
await ensureDependencies();
const runtime = await ensureRuntime();
await ensureBuilt('window');
console.log(await pack(runtime));
