import { EXIT, print, type CliIo } from '../io.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { lineSchema } from '../output/line-schema.ts';

export const SCHEMA_USAGE = 'hushcal schema';

/** Prints the JSON Schema of every line that `--json` prints: made of what the lines are checked with, so never stale. */
export async function schemaCommand(argv: readonly string[], io: CliIo): Promise<number> {
  if (readArgs(argv, {}).positionals.length > 0) throw new UsageError('schema takes nothing.');
  await print(io, JSON.stringify(lineSchema(), null, 1));
  return EXIT.done;
}
