import { z } from 'zod';
import { auditLine, auditVerdict } from '../../../shared/model/kept/audit.ts';
import { backupAge, backupResult, retentionResult } from '../../../shared/model/kept/backup.ts';
import { batchEntry, batchEvent } from '../../../shared/model/batch/batch.ts';
import { diagnosticsFile } from '../../../shared/model/diagnostics.ts';
import { findResult, foundEvent, versionChange } from '../../../shared/model/found/find.ts';
import { inspection } from '../../../shared/model/found/inspection.ts';
import { jobEvent } from '../../../shared/model/job.ts';
import { damagedRun, purged, unlockedRun, verifiedThing } from '../../../shared/model/kept/kept.ts';
import { missingResult } from '../../../shared/model/found/missing.ts';
import { rehearsal } from '../../../shared/model/rehearsal.ts';
import { runEntry } from '../../../shared/model/kept/report.ts';
import { canaryProof } from '../../../shared/model/scheduling.ts';
import { helpLine, practiceLine } from './own-lines.ts';

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
  [
    'tested',
    z.strictObject({
      kind: z.literal('tested'),
      line: z.int(),
      mailbox: z.string(),
      proof: canaryProof.nullable(),
      opens: z.boolean(),
      said: z.string(),
    }),
  ],
  ['purged', purged.extend({ kind: z.literal('purged'), wouldRemove: words.optional() })],
  [
    'diagnostics',
    z.strictObject({ kind: z.literal('diagnostics'), saved: z.string().nullable(), files: z.array(diagnosticsFile) }),
  ],
  ...auditLine.options.map((one) => [`audit: ${one.shape.what.value}`, one] as const),
  ['audit-verify', auditVerdict.extend({ kind: z.literal('audit-verify') })],
  ['practice', practiceLine],
  ['help', helpLine],
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
