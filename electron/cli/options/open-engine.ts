import type { Engine } from '../../engine/engine.ts';
import { isAbsolute, resolve } from 'node:path';
import { createEngine, openTempFolder } from '../../engine/engine.ts';
import { defaultRunsDir, operatorName } from '../../paths.ts';
import type { ParsedArgs } from './args.ts';
import type { CliIo } from '../io.ts';
import { readNetwork } from './network.ts';

/** Runs a command with an engine of its own, and removes what it spooled. */
export async function withEngine<T>(args: ParsedArgs, io: CliIo, work: (engine: Engine) => Promise<T>): Promise<T> {
  const network = readNetwork(args, io);
  const temp = await openTempFolder();
  const runs = args.text('runs');
  const runsDir = runs === undefined ? defaultRunsDir(io.env) : resolve(io.cwd, runs);
  try {
    return await work(
      createEngine({ runsDir, tempDir: temp.path, now: () => new Date(), network, operator: operatorName() }),
    );
  } finally {
    await temp.remove();
  }
}

/** Sources as the engine takes them: relative to the folder of the command. */
export function resolveSources(sources: readonly string[], io: CliIo): readonly string[] {
  const here = io.cwd === process.cwd();
  return sources.map((source) => (source === '-' || here || isAbsolute(source) ? source : resolve(io.cwd, source)));
}
