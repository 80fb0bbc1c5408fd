import { jsonLine } from '../output/json-line.ts';
import { resolve } from 'node:path';
import type { VerifiedThing } from '../../../shared/model/kept/kept.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { resolveSources, withEngine, withRuns } from '../options/open-engine.ts';

export const VERIFY_USAGE = 'hushcal verify FILE|RUN… [--originals FOLDER] [--runs DIR] [--json]';

/** Problems listed one by one; all are in the JSON. */
const LISTED = 50;

/** Checks backups and runs; no server is asked. Exit code 1 when one of them is not as it was written. */
export async function verifyCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { originals: 'text', runs: 'text', json: 'flag' });
  const [name, ...more] = args.positionals;
  if (name === undefined) throw new UsageError('Name at least one backup or run; "hushcal runs" lists the runs.');
  const originals = args.text('originals');
  if (originals !== undefined && more.length > 0) throw new UsageError('--originals goes with one run.');
  // A file is checked without a folder of runs.
  const open = args.positionals.some(isRunName) ? withRuns : withEngine;
  return open(args, io, async (engine) => {
    const names = args.positionals.map((one) => (isRunName(one) ? one : (resolveSources([one], io)[0] ?? one)));
    const all: VerifiedThing[] = [];
    for (const one of names) {
      const thing = await engine.verify(one);
      all.push(thing);
      await print(io, args.flag('json') ? jsonLine(thing) : verifiedText(thing));
    }
    if (originals === undefined) return all.every(({ sound }) => sound) ? EXIT.done : EXIT.trouble;
    const { saved, damaged } = await engine.saveOriginals(names[0] ?? name, resolve(io.cwd, originals));
    tell(io, `Originals written: ${saved}${damaged === 0 ? '' : `; ${damaged} are damaged and were left out`}.`);
    return damaged === 0 && saved > 0 ? EXIT.done : EXIT.trouble;
  });
}

function isRunName(text: string): boolean {
  return /^\d{8}T\d+-[0-9a-f]+$/.test(text);
}

function verifiedText({ name, kind, sound, looked, unchecked, problems }: VerifiedThing): string {
  const what = `${name}  ${kind}, ${looked} parts`;
  const caveat = unchecked ? (kind === 'archive' ? ' (CRC only: it has no list of ours)' : ' (without checksums)') : '';
  if (sound) return `${what}: as it was written${caveat}`;
  const lines = problems.slice(0, LISTED).map((one) => `  ${one}`);
  const rest = problems.length - lines.length;
  return [`${what}: damaged${caveat}`, ...lines, ...(rest > 0 ? [`  … and ${rest} more; --json lists all.`] : [])].join(
    '\n',
  );
}
