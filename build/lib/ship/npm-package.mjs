import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bashCompletion, zshCompletion } from '../handouts/completions.mjs';
import { manPage } from '../handouts/man.mjs';
import { inRoot } from '../root.mjs';
import { runNpm } from '../run.mjs';
import { helpData, manifest, versionTime } from './details.mjs';
import { notices } from './notices.mjs';

const FOLDER = inRoot('out/npm');

/** Makes the npm package of the command line, without Electron and without dependencies. Gives the path of its .tgz. */
export async function packNpm() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'lib'), { recursive: true });
  cpSync(inRoot('out/main/cli.cjs'), join(FOLDER, 'lib/cli.cjs'));
  mkdirSync(join(FOLDER, 'lib/cli'));
  for (const name of readdirSync(inRoot('out/main/cli')).filter((file) => file.endsWith('.cjs'))) {
    cpSync(inRoot('out/main/cli', name), join(FOLDER, 'lib/cli', name));
  }
  const { version, description, author, homepage, license, engines } = manifest;
  const files = {
    'package.json': `${JSON.stringify(
      {
        ...{ name: 'hushcal', version, description, author, homepage, license, engines },
        bin: { hushcal: 'hushcal.cjs' },
        man: ['hushcal.1'],
        files: ['lib', 'completions', 'hushcal.cjs', 'hushcal.1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'README.md'],
      },
      null,
      2,
    )}\n`,
    'hushcal.cjs': "#!/usr/bin/env node\nrequire('./lib/cli.cjs');\n",
    'README.md': README,
    'THIRD-PARTY-NOTICES.txt': `${notices(['cli'])}\n`,
    ...(await handouts()),
  };
  mkdirSync(join(FOLDER, 'completions'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(FOLDER, name), text, { mode: name === 'hushcal.cjs' ? 0o755 : 0o644 });
  }
  cpSync(inRoot('LICENSE'), join(FOLDER, 'LICENSE'));
  mkdirSync(inRoot('dist'), { recursive: true });
  const { code, output } = await runNpm(
    ['pack', FOLDER, '--pack-destination', inRoot('dist'), '--json', '--loglevel=error'],
    {
      output: 'capture',
    },
  );
  if (code !== 0) throw new Error(`npm pack says:\n${output}`);
  return inRoot('dist', `hushcal-${version}.tgz`);
}

/** Manual page and completions, by their names in the package. */
async function handouts() {
  const help = await helpData();
  const date = new Date((await versionTime()) * 1000).toISOString().slice(0, 10);
  return {
    'hushcal.1': manPage(help, date),
    'completions/hushcal.bash': bashCompletion(help),
    'completions/_hushcal': zshCompletion(help),
  };
}

const README = `# hushcal

The command line of Hushcal: puts calendars back without waking anyone. It needs Node 20.19 or newer and nothing else.

    npm install --global hushcal
    hushcal --help
    man hushcal

Completions: \`completions/hushcal.bash\` is read by bash (\`source\` it, or put it into
\`~/.local/share/bash-completion/completions/hushcal\`), \`completions/_hushcal\` goes into a folder of zsh's \`fpath\`.
`;
