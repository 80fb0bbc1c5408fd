import { chmod, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HushError } from '../../../shared/model/failure.ts';
import { collectDiagnostics } from '../../diagnostics/collect.ts';
import { packDiagnostics } from '../../diagnostics/pack.ts';
import { userDataDir } from '../../paths.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { withRuns } from '../options/open-engine.ts';
import { jsonLine } from '../output/json-line.ts';
import { CLI_VERSION } from '../version.ts';

export const DIAGNOSTICS_USAGE = 'hushcal diagnostics [--out FILE.zip] [--overwrite] [--hosts] [--runs DIR] [--json]';

/** Shows what may be given to whoever helps, or with --out saves it. No server is asked, and no event is in it. */
export async function diagnosticsCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { out: 'text', overwrite: 'flag', hosts: 'flag', runs: 'text', json: 'flag' });
  if (args.positionals.length > 0) throw new UsageError('diagnostics takes no name; --out says where to save.');
  const out = args.text('out');
  return withRuns(args, io, async (engine) => {
    const versions = { hushcal: CLI_VERSION, electron: null, testBuild: false, secretStore: null };
    const files = await collectDiagnostics({ userData: userDataDir(io.env), engine, versions }, args.flag('hosts'));
    const path = out === undefined ? null : resolve(io.cwd, out);
    if (path !== null) await save(path, await packDiagnostics(files), args.flag('overwrite'));
    if (args.flag('json')) await print(io, jsonLine({ kind: 'diagnostics', saved: path, files }));
    else if (path === null) {
      await print(io, files.map(({ name, text }) => `== ${name}\n${text}`).join('\n'));
      tell(io, 'This is all that would be saved. Add --out FILE.zip to save it.');
    } else
      tell(io, `Saved: ${path}\nIn it: ${files.map(({ name }) => name).join(', ')}. Without --out all of it is shown.`);
    return EXIT.done;
  });
}

async function save(path: string, octets: Buffer, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, octets, { flag: overwrite ? 'w' : 'wx', mode: 0o600 });
    await chmod(path, 0o600);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST') throw cause;
    const message = 'There is a file of that name already. Choose another name.';
    throw new HushError({ code: 'FILE_EXISTS', message, reaction: 'fix-input' }, { cause });
  }
}
