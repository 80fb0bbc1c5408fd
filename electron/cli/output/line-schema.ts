import { z } from 'zod';
import { backupAge, backupResult, retentionResult } from '../../../shared/model/backup.ts';
import { batchEntry, batchEvent } from '../../../shared/model/batch.ts';
import { findResult, foundEvent, versionChange } from '../../../shared/model/find.ts';
import { inspection } from '../../../shared/model/inspection.ts';
import { jobEvent } from '../../../shared/model/job.ts';
import { damagedRun, purged, unlockedRun, verifiedThing } from '../../../shared/model/kept.ts';
import { missingResult } from '../../../shared/model/missing.ts';
import { rehearsal } from '../../../shared/model/rehearsal.ts';
import { runEntry } from '../../../shared/model/report.ts';
import { canaryProof } from '../../../shared/model/scheduling.ts';

/** Words of a command line that puts something back, as a shell would read them. */
const words = z.array(z.string()).readonly();

const found = z.strictObject({
  ...findResult.shape,
  kind: z.literal('found'),
  events: z.array(
    z.strictObject({
      ...foundEvent.shape,
      versions: z.array(
        z.strictObject({ range: z.int(), changes: z.array(versionChange).readonly().nullable(), restore: words }),
      ),
    }),
  ),
});

/** Every kind of line that `--json` prints, without its `v`. The first that a line fits is what it is. */
export const LINES: readonly (readonly [name: string, line: z.ZodObject])[] = [
  ...jobEvent.options.map((one) => [one.shape.kind.value, one] as const),
  ...batchEvent.options.map((one) => [`${one.shape.kind.value} of several calendars`, one] as const),
  ['rehearsal', rehearsal.extend({ kind: z.literal('rehearsal') })],
  ['found', found],
  ['missing', missingResult.extend({ kind: z.literal('missing'), restore: words.nullable() })],
  ['backup', backupResult.extend({ kind: z.literal('backup') })],
  ['retention', retentionResult.extend({ kind: z.literal('retention') })],
  ['backup-age', backupAge.extend({ kind: z.literal('backup-age') })],
  ['canary', canaryProof.extend({ kind: z.literal('canary') })],
  ['purged', purged.extend({ kind: z.literal('purged'), wouldRemove: words.optional() })],
  ['inspect', inspection],
  ['run', runEntry],
  ['run over several calendars', batchEntry],
  ['damaged run', damagedRun.extend({ damaged: z.literal(true) })],
  ['verify', verifiedThing],
  ...unlockedRun.options.map((one) => ['unlock', z.strictObject({ ...one.shape, runId: z.string() })] as const),
];

/**
 * The JSON Schema (2020-12) of every line. It leaves open what else a line may have: new keys come without a new version,
 * and a program that checks lines with it must not fail then.
 */
export function lineSchema(): object {
  const schemas = LINES.map(([title, line]) => {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(line.extend({ v: z.literal(1) }), {
      // As it is printed, before a reader of ours puts UNKNOWN_CODE for a code that it does not know.
      io: 'input',
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    return { title, ...schema };
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line that hushcal prints with --json',
    anyOf: schemas,
  };
}
