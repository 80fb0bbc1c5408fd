import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import { bashCompletion, zshCompletion } from '../handouts/completions.mjs';
import { manPage } from '../handouts/man.mjs';
import { inRoot } from '../root.mjs';
import { helpData, manifest, versionTime } from './details.mjs';
import { notices, WINDOW_PARTS } from './notices.mjs';

/** Makes the .tar.gz of the packed app, which runs where it is unpacked. Gives its path. */
export async function makeTarball({ packed, test }) {
  const name = `hushcal-${manifest.version}${test ? '-test-build' : ''}-linux-x64`;
  const folder = inRoot('dist', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(packed, folder, { recursive: true });
  const time = await versionTime();
  const help = await helpData();
  const script = readFileSync(inRoot('build/linux/hushcal.sh'), 'utf8').replaceAll('/usr/lib/hushcal/', '"$here"/');
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'share'));
  const own = 'here=$(dirname "$(dirname "$(readlink -f "$0")")")\n';
  writeFileSync(join(folder, 'bin/hushcal'), script.replace('ELECTRON_RUN', `${own}ELECTRON_RUN`), { mode: 0o755 });
  writeFileSync(join(folder, 'share/hushcal.1'), manPage(help, new Date(time * 1000).toISOString().slice(0, 10)));
  writeFileSync(join(folder, 'share/hushcal.bash'), bashCompletion(help));
  writeFileSync(join(folder, 'share/_hushcal'), zshCompletion(help));
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), `${notices(['cli', ...WINDOW_PARTS])}\n`);
  cpSync(inRoot('LICENSE'), join(folder, 'LICENSE'));
  const file = `${folder}.tar.gz`;
  await create({ gzip: { level: 6 }, file, cwd: inRoot('dist'), portable: true, mtime: new Date(time * 1000) }, [name]);
  rmSync(folder, { recursive: true, force: true });
  return file;
}
