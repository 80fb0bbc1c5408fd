import type { Engine } from '../../engine/engine.ts';
import { isAbsolute, resolve } from 'node:path';
import { createEngine, openTempFolder } from '../../engine/engine.ts';
import { operatorHere } from '../../paths.ts';
import { currentRunsDir, existing } from '../../runs-folder.ts';
import { CLI_VERSION } from '../version.ts';
import type { ParsedArgs } from './args.ts';
import type { CliIo } from '../io.ts';
import { readNetwork, trustedBy } from './network.ts';

/** Runs a command with an engine of its own, and removes what it spooled. */
export async function withEngine<T>(args: ParsedArgs, io: CliIo, work: (engine: Engine) => Promise<T>): Promise<T> {
  const network = readNetwork(args, io);
  const temp = await openTempFolder();
  const runs = args.text('runs');
  const named = runs === undefined ? null : resolve(io.cwd, runs);
  try {
    const engine = createEngine({
      // Asked for when it is needed: what needs no runs works without their folder.
      get runsDir() {
        return named ?? currentRunsDir(io.env);
      },
      tempDir: temp.path,
      now: () => new Date(),
      network,
      operator: operatorHere('command line', CLI_VERSION),
    });
    for (const one of trustedBy(args)) await engine.noteTrust(one);
    return await work(engine);
  } finally {
    await temp.remove();
  }
}

/**
 * As `withEngine`, for a command that asks what is in a folder of runs: one that is named and is not there is mistyped, and
 * would look as if nothing had been done. Throws HushError `RUNS_FOLDER_GONE`.
 */
export function withRuns<T>(args: ParsedArgs, io: CliIo, work: (engine: Engine) => Promise<T>): Promise<T> {
  const runs = args.text('runs');
  if (runs !== undefined) namedFolder(runs, io);
  return withEngine(args, io, work);
}

/** The whole path of a folder of runs that the arguments name. Throws HushError `RUNS_FOLDER_GONE`. */
export function namedFolder(folder: string, io: CliIo): string {
  return existing(resolve(io.cwd, folder), 'Name the one in which the runs were made.');
}

/** Sources as the engine takes them: relative to the folder of the command. */
export function resolveSources(sources: readonly string[], io: CliIo): readonly string[] {
  const here = io.cwd === process.cwd();
  return sources.map((source) => (source === '-' || here || isAbsolute(source) ? source : resolve(io.cwd, source)));
}
