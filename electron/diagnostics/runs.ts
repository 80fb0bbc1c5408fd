import { toFailure } from '../../shared/model/failure.ts';
import { STANDARD_MODES, type SchedulingMode } from '../../shared/model/scheduling.ts';
import type { Engine } from '../engine/engine.ts';

/** As Hushcal makes it: a moment and a number drawn by lot. */
const ID = /^\d{8}T\d{6,9}-[0-9a-f]+$/;

/** The runs with their numbers. What they are called, where they went and whose they are stays out. */
export async function runFacts(engine: Pick<Engine, 'history'>) {
  try {
    const { runs, batches, damaged } = await engine.history();
    return {
      runs: runs.map((run) => ({
        id: idWords(run.runId),
        job: run.job,
        status: run.running ? 'running' : run.status,
        started: momentWords(run.startedAt),
        ended: momentWords(run.endedAt),
        asked: modeWords(run.asked),
        effective: modeWords(run.effective),
        totals: run.totals,
        verified: run.verified,
        attention: run.attention ?? null,
        unread: run.unread ?? null,
        notified: run.notified,
        backups: run.sources.length,
        onBehalf: run.behalf !== undefined,
        leftOver: run.leftOver?.length ?? 0,
        canUndo: run.canUndo,
        undone: run.undone !== undefined,
        batch: idWords(run.batch),
        parent: idWords(run.parent),
        octets: run.size ?? null,
      })),
      batches: batches.map((batch) => ({
        id: idWords(batch.batchId),
        kind: batch.kind,
        status: batch.running ? 'running' : batch.status,
        started: momentWords(batch.startedAt),
        ended: momentWords(batch.endedAt),
        asked: modeWords(batch.asked),
        calendars: batch.members,
        done: batch.done,
        attention: batch.needsAttention,
        totals: batch.totals,
        verified: batch.verified,
        notified: batch.notified,
        canResume: batch.canResume,
        canUndo: batch.canUndo,
        parent: idWords(batch.parent),
        octets: batch.size ?? null,
      })),
      damaged: damaged.map(({ runId, code }) => ({ id: idWords(runId), code })),
    };
  } catch (thrown) {
    return { unreadable: toFailure(thrown).code };
  }
}

function idWords(id: string | undefined): string | null {
  return id !== undefined && ID.test(id) ? id : null;
}

/** A moment as it was read from a file may be any text. */
function momentWords(moment: string | null): string | null {
  return moment !== null && /^[\d:.TZ-]{10,24}$/.test(moment) ? moment : null;
}

/** A mode of a server's own has a name that somebody chose. */
function modeWords(mode: SchedulingMode | null): string | null {
  if (mode === null) return null;
  return STANDARD_MODES.some((one) => one === mode) ? mode : 'another';
}
