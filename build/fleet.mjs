import { existsSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';
import { giveUp } from './lib/say.mjs';
import { finish } from './lib/steps/tally.mjs';
import { countVitest } from './lib/steps/test-reports.mjs';
import { vitest } from './lib/steps/vitest.mjs';
import { ensurePackages, isRoot, withoutServices } from './lib/system.mjs';

// `npm run test:fleet`: the manual's examples for several machines, with GNU parallel and with a Slurm of two machines that
// are this one. The last line is `N passed, N failed`.
if (!isRoot() || !existsSync('/usr/bin/apt-get')) {
  giveUp('Slurm is a Debian package, whose daemons run as root here. On Debian 12, type:\n  sudo npm run test:fleet');
}
const report = inRoot('.cache/vitest-fleet.json');
await ensureDependencies();
await ensureBuilt('cli');
await withoutServices(() => ensurePackages(['munge', 'parallel', 'slurm-wlm']));
await mkdir(inRoot('.cache'), { recursive: true });
rmSync(report, { force: true });
const { code } = await runNode(vitest({ config: 'build/vitest.fleet.config.ts', shown: 'verbose', report }));
finish([await countVitest('fleet', report, code)]);
