import type { Engine } from '../../engine/engine.ts';
import type { Purged } from '../../../shared/model/kept/kept.ts';
import { readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { withRuns } from '../options/open-engine.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { jsonLine } from '../output/json-line.ts';

export const PURGE_USAGE =
  'hushcal purge RUN… | --older-than 90d [--resumable] [--dry-run] [--yes] [--runs DIR] [--json]';

/** A run, or a job over many calendars with the runs of its calendars. */
interface Candidate {
  readonly id: string;
  readonly what: string;
  readonly endedAt: string;
  readonly size: number;
  /** It is running, or can be resumed: age alone does not delete it. */
  readonly open: 'running' | 'resumable' | null;
}

/** Deletes runs from this computer with all that they kept. Lists them first; no server hears of it. */
export async function purgeCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    'older-than': 'text',
    resumable: 'flag',
    'dry-run': 'flag',
    yes: 'flag',
    runs: 'text',
    json: 'flag',
  });
  const before = olderThan(args);
  return withRuns(args, io, async (engine) => {
    const chosen = choose(await candidates(engine), args, before);
    const agreed = args.consent.kind === 'yes' && !args.flag('dry-run');
    if (!agreed) {
      if (args.flag('json'))
        await print(io, jsonLine({ kind: 'purged', ...NOTHING, wouldRemove: chosen.map(({ id }) => id) }));
      else await print(io, listText(chosen));
      tell(io, chosen.length === 0 ? NOTHING_DELETED : 'Nothing was deleted. Add --yes to delete them.');
      return args.flag('dry-run') ? EXIT.done : EXIT.nothingWritten;
    }
    const done = await engine.purge(
      chosen.map(({ id }) => id),
      { resumable: args.flag('resumable') },
    );
    await print(io, args.flag('json') ? jsonLine({ kind: 'purged', ...done }) : doneText(done));
    for (const { id, code, message } of done.kept) {
      tell(io, `${id} stays: ${message}${code === 'RUN_RESUMABLE' ? ' Add --resumable for that.' : ''}`);
    }
    if (done.kept.length > 0) return done.removed.length > 0 ? EXIT.trouble : EXIT.nothingWritten;
    return EXIT.done;
  });
}

const NOTHING_DELETED = 'Nothing was deleted: there is nothing to delete.';
const NOTHING: Purged = { removed: [], freed: 0, kept: [] };

/** The moment before which a run must have ended; null where runs are named. Throws UsageError. */
function olderThan(args: ParsedArgs): Date | null {
  const text = args.text('older-than');
  if ((text === undefined) === (args.positionals.length === 0)) {
    throw new UsageError('Name runs, or say --older-than with a number of days such as 90d.');
  }
  if (args.consent.kind === 'yes' && args.consent.hash !== null)
    throw new UsageError('purge takes --yes without a value.');
  if (text === undefined) return null;
  const days = /^(\d{1,5})d$/.exec(text.trim())?.[1];
  if (days === undefined) throw new UsageError(`--older-than takes a number of days such as 90d, not "${text}".`);
  return new Date(Date.now() - Number(days) * 86_400_000);
}

async function candidates(engine: Engine): Promise<readonly Candidate[]> {
  const { runs, batches } = await engine.history();
  const known = new Set(batches.map(({ batchId }) => batchId));
  const sizeOf = (batchId: string): number =>
    runs.reduce((sum, { batch, size = 0 }) => (batch === batchId ? sum + size : sum), 0);
  return [
    ...batches.map((batch): Candidate => ({
      id: batch.batchId,
      what: `${batch.kind.padEnd(7)}  ${batch.members} calendars`,
      endedAt: batch.endedAt ?? batch.startedAt,
      size: (batch.size ?? 0) + sizeOf(batch.batchId),
      open: batch.running ? 'running' : batch.canResume ? 'resumable' : null,
    })),
    ...runs
      .filter(({ batch }) => batch === undefined || !known.has(batch))
      .map((run): Candidate => ({
        id: run.runId,
        what: `${run.job.padEnd(7)}  ${run.user} "${run.calendar}" on ${run.server}`,
        endedAt: run.endedAt ?? run.startedAt,
        size: run.size ?? 0,
        open: run.running ? 'running' : isOpen(run) ? 'resumable' : null,
      })),
  ];
}

function isOpen({
  status,
  leftOver,
}: {
  readonly status: string;
  readonly leftOver?: readonly string[] | undefined;
}): boolean {
  return status === 'interrupted' || status === 'stopped' || leftOver !== undefined;
}

/** Named ones as they are named, the engine says why one stays; by age only what is over. */
function choose(all: readonly Candidate[], args: ParsedArgs, before: Date | null): readonly Candidate[] {
  if (before === null) {
    return args.positionals.map(
      (id) => all.find((one) => one.id === id) ?? { id, what: '', endedAt: '', size: 0, open: null },
    );
  }
  return all.filter(
    ({ endedAt, open }) =>
      new Date(endedAt) < before && (open === null || (open === 'resumable' && args.flag('resumable'))),
  );
}

function listText(chosen: readonly Candidate[]): string {
  if (chosen.length === 0) return '';
  const lines = chosen.map(({ id, what, size, open }) =>
    [id, what, sizeText(size), open === 'resumable' ? 'can still be resumed' : '']
      .filter((part) => part !== '')
      .join('  '),
  );
  const sum = chosen.reduce((total, { size }) => total + size, 0);
  const runs = chosen.length === 1 ? '1 run' : `${chosen.length} runs`;
  return [...lines, `${runs}, ${sizeText(sum)}. ${LOST}`].join('\n');
}

const LOST = 'Their reports and saved originals go with them: nothing of them can be undone or resumed afterwards.';

function doneText({ removed, freed, kept }: Purged): string {
  if (removed.length === 0) return kept.length === 0 ? NOTHING_DELETED : 'Nothing was deleted.';
  return `Deleted ${removed.length === 1 ? '1 run' : `${removed.length} runs`}, ${sizeText(freed)}.`;
}

function sizeText(octets: number): string {
  if (octets < 1_000_000) return `${Math.max(1, Math.round(octets / 1000))} kB`;
  return `${(octets / 1_000_000).toFixed(1)} MB`;
}
