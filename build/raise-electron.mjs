import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot } from './lib/root.mjs';
import { run, runNode, runNpm } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

// `npm run electron [-- VERSION]`: raises the pinned Electron to the newest or to that version, runs the whole suite with it,
// and writes the line of the changelog. What fails is left to be looked at; nothing is committed.
const { positionals } = parseArgs({ allowPositionals: true });
const manifest = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const before = manifest().devDependencies.electron;
const version = positionals[0] ?? (await newest());
if (!/^\d+\.\d+\.\d+$/.test(version)) giveUp(`"${version}" is no version of Electron.`);
if (version === before) giveUp(`Electron ${version} is the pinned one already.`, 0);

const install = ['install', '--save-dev', '--save-exact', '--no-audit', '--no-fund', `electron@${version}`];
if ((await runNpm(install, { output: 'stderr' })).code !== 0) giveUp(`Electron ${version} could not be installed.`);
writeFileSync(inRoot('CHANGELOG.md'), withLine(readFileSync(inRoot('CHANGELOG.md'), 'utf8')));
say(`Electron ${before} → ${version}. Now everything is tested with it.`);
const { code } = await runNode([inRoot('build/test.mjs')]);
if (code !== 0)
  giveUp(
    `Something fails with Electron ${version}. To go back: git checkout package.json package-lock.json CHANGELOG.md`,
  );
await run('git', ['diff', '--stat'], { output: 'inherit' });

async function newest() {
  const { code, output } = await runNpm(['view', 'electron', 'version'], { output: 'capture' });
  if (code !== 0) giveUp(`npm does not say which Electron is the newest:\n${output.trim()}`);
  return output.trim();
}

/** The changelog with the new version in it; an earlier raise that was not published yet gives way. */
function withLine(text) {
  const line = `- Electron ${version}.`;
  const [head, unreleased, ...rest] = text.split(/^(?=## )/m);
  const cleaned = unreleased.replace(/^- Electron \d+\.\d+\.\d+\.\n/m, '');
  const at = cleaned.indexOf('### Changed\n\n');
  const raised =
    at === -1
      ? `${cleaned.trimEnd()}\n\n### Changed\n\n${line}\n\n`
      : `${cleaned.slice(0, at)}### Changed\n\n${line}\n${cleaned.slice(at + '### Changed\n\n'.length)}`;
  return [head, raised, ...rest].join('');
}
