import { z } from 'zod';
import { canRun, effectiveOf } from '../../../shared/model/batch/batch-mode.ts';
import { messagesOfBatch } from '../../../shared/model/consent.ts';
import { NOBODY, STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { auditOf, type Audit } from '../audit/of-job.ts';
import type { AuditPorts } from '../audit/write.ts';
import type { BatchHead } from './kept/records.ts';

/** The batch that an undo takes back or an announcement belongs to: its spec names it. */
const ofAnother = z.union([
  z.object({ batchId: z.string() }).transform(({ batchId }) => batchId),
  z.object({ batch: z.string() }).transform(({ batch }) => batch),
]);

/** Sentences of evidence that one line holds. */
const NAMED = 20;

/** The audit of one batch: its consent is that of all its calendars, each of which has a start and an end of its own. */
export function auditOfBatch(
  ports: AuditPorts,
  { batchId, kind, summary, members, spec }: BatchHead,
  resumed: boolean,
): Audit {
  const runnable = members.map(({ member }) => member).filter(canRun);
  const verdicts = runnable.flatMap(({ verdict }) => verdict ?? []);
  const { effective } = effectiveOf(runnable);
  const messages = messagesOfBatch(runnable);
  const counted = STANDARD_MODES.find((mode) => mode === (effective ?? summary.asked)) ?? 'all';
  const { people } = messages === 0 ? NOBODY : summary.notified[counted];
  const of = ofAnother.safeParse(spec);
  return auditOf(
    ports,
    {
      job: kind,
      id: batchId,
      plan: summary.hash,
      target: null,
      mode: {
        asked: summary.asked,
        effective,
        assurance: [...new Set(verdicts.map(({ assurance }) => assurance))].sort(),
        evidence: [...new Set(verdicts.flatMap(({ evidence, because }) => evidence ?? [because]))].slice(0, NAMED),
      },
      numbers: {
        calendars: runnable.length,
        events: runnable.reduce((sum, { writes }) => sum + writes, 0),
        people,
        messages,
      },
      ...(of.success ? { of: of.data } : {}),
    },
    resumed,
  );
}
