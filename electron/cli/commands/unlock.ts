import { jsonLine } from '../output/json-line.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { withRuns } from '../options/open-engine.ts';

export const UNLOCK_USAGE = 'hushcal unlock RUN [--runs DIR] [--json]';

/** Takes the lock of a run from a process of another computer or container that is dead. Exit code 2 when it lives here. */
export async function unlockCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { runs: 'text', json: 'flag' });
  const [runId, ...more] = args.positionals;
  if (runId === undefined || more.length > 0) throw new UsageError('Name one run; "hushcal runs" lists them.');
  return withRuns(args, io, async (engine) => {
    const found = await engine.unlock(runId);
    if (args.flag('json')) await print(io, jsonLine({ runId, ...found }));
    switch (found.kind) {
      case 'free':
        tell(io, 'Nobody holds this run.');
        return EXIT.done;
      case 'alive':
        tell(io, `Nothing was changed: process ${found.pid} of this computer is running it. Stop it there.`);
        return EXIT.nothingWritten;
      case 'removed':
        tell(
          io,
          `The lock was taken from ${found.pid === null ? 'an unknown process' : `process ${found.pid}`} on ${found.host ?? 'another computer'}. Should it live after all, it sends nothing more.`,
        );
        return EXIT.done;
    }
  });
}
