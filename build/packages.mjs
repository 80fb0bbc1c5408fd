import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensurePackaged } from './lib/electron/pack.mjs';
import { startXvfb } from './lib/electron/xvfb.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';
import { makeDeb } from './lib/ship/deb.mjs';
import { packNpm } from './lib/ship/npm-package.mjs';
import { prepareElectron } from './lib/steps/end-to-end.mjs';
import { finish } from './lib/steps/tally.mjs';
import { countVitest } from './lib/steps/test-reports.mjs';
import { vitest } from './lib/steps/vitest.mjs';
import { ensurePackages, isRoot } from './lib/system.mjs';

// `npm run test:packages`: makes the packages, installs them, uses them as an ordinary user, and takes them away again. It
// takes a minute or two, most of it packing 260 MB twice. The last line is `N passed, N failed`.
if (!isRoot() || !existsSync('/usr/bin/apt-get')) {
  giveUp('Packages are installed and removed by root only. On Debian 12, type:\n  sudo npm run test:packages');
}
await ensureDependencies();
const runtime = await prepareElectron();
await ensurePackages(['appstream', 'desktop-file-utils', 'lintian', 'mandoc', 'zsh']);
await ensureBuilt('window');
await ensureBuilt('cli');
const work = mkdtempSync(join(tmpdir(), 'hushcal-packages.'));
const report = inRoot('.cache/vitest-packages.json');
say('Making the packages…');
const packed = dirname(await ensurePackaged(runtime));
const made = { packed, test: runtime.test, compression: 'gzip', into: work };
const before = await makeDeb({ ...made, version: '0.0.1', compression: 'none' });
const now = await makeDeb(made);
const npm = await packNpm();
await mkdir(inRoot('.cache'), { recursive: true });
rmSync(report, { force: true });
const display = await startXvfb();
const { code } = await runNode(vitest({ config: 'build/vitest.packages.config.ts', shown: 'verbose', report }), {
  env: {
    ...process.env,
    HUSHCAL_DEB_BEFORE: before,
    HUSHCAL_DEB: now,
    HUSHCAL_NPM: npm,
    HUSHCAL_DISPLAY: display.display,
  },
});
display.stop();
rmSync(work, { recursive: true, force: true });
finish([await countVitest('packages', report, code)]);
