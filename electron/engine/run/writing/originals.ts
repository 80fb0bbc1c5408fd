import { isDiskTrouble, toFailure } from '../../../../shared/model/failure.ts';
import { proveGone } from '../../caldav/objects/prove-gone.ts';
import type { ETag } from '../../caldav/types.ts';
import type { RunContext } from '../context.ts';
import { PackReader } from '../kept/pack.ts';
import { patiently } from './resolve.ts';
import type { ItemOutcome, RunStep, Slice } from '../types.ts';

/**
 * Saves what a chunk of updates and deletes will destroy, durable before any of their intents is; of a create, the deleted
 * object that the server removes from its trash bin for it. A row whose object is no longer the one that the plan saw is
 * settled here and never sent.
 *
 * @returns the rows that may go on
 */
export async function saveOriginals(context: RunContext, rows: readonly number[]): Promise<readonly number[]> {
  const passed = new Set(rows);
  const needy = rows.filter((row) => {
    const step = context.log.steps[row];
    return step?.row.action === 'update' || step?.row.action === 'delete' || step?.dropped !== undefined;
  });
  if (needy.length === 0) return rows;
  const queue = [...needy];
  const saved = new Map<number, Slice>();
  const missing: number[] = [];
  const worker = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      const original = await saveOne(context, row);
      if (original === 'nothing') continue;
      if (original === 'missing') missing.push(row);
      if (original === null || original === 'missing') passed.delete(row);
      else saved.set(row, original);
    }
  };
  await Promise.all(Array.from({ length: Math.min(context.concurrency, needy.length) }, worker));
  await settleMissing(context, missing);
  await context.originals.sync();
  for (const row of await unreadable(context, saved)) {
    const step = context.log.steps[row];
    if (step !== undefined) context.log.final(row, outcome(step, 'failed', NOT_READABLE));
    passed.delete(row);
  }
  return rows.filter((row) => passed.has(row));
}

/** What was written to the disk is read from it again and compared, before anything on the server goes. */
async function unreadable(
  { originalsPath }: RunContext,
  saved: ReadonlyMap<number, Slice>,
): Promise<readonly number[]> {
  const pack = new PackReader(originalsPath);
  const bad: number[] = [];
  try {
    for (const [row, slice] of saved) {
      const readable = await pack.read(slice).then(
        () => true,
        () => false,
      );
      if (!readable) bad.push(row);
    }
    return bad;
  } finally {
    await pack.close();
  }
}

const NOT_READABLE = 'Its saved original cannot be read back from this computer, so it was left on the server.';

/** What the server says is not there has ended as wanted only when that is proved: it may fail to read it just now. */
async function settleMissing({ store, log }: RunContext, rows: readonly number[]): Promise<void> {
  const steps = rows.flatMap((row) => log.steps[row] ?? []);
  const candidates = steps.flatMap(({ row: { action, href, uid } }) =>
    action === 'delete' && href !== null ? [{ href, uid }] : [],
  );
  const proofs = await proveGone(store, candidates);
  for (const row of rows) {
    const step = log.steps[row];
    if (step === undefined) continue;
    const doubt = proofs.get(step.row.href ?? '') ?? null;
    log.final(row, doubt === null ? whenGone(step) : outcome(step, 'failed', `It was not deleted. ${doubt}`));
  }
}

/** Null: the row is settled. `nothing`: there is nothing to lose any more. `missing`: the server has nothing there. */
async function saveOne(context: RunContext, row: number): Promise<Slice | 'nothing' | 'missing' | null> {
  const step = context.log.steps[row];
  const href = step?.row.href;
  if (step === undefined || href === null || href === undefined) return null;
  const binned = step.row.bin === 'remove' ? href : step.dropped;
  try {
    if (binned !== undefined) {
      const deleted = await patiently(context, () => context.store.trash.get(binned));
      if (deleted !== null) return await keep(context, row, deleted);
      if (step.row.bin !== 'remove') return 'nothing';
      context.log.final(row, outcome(step, 'unchanged', 'It was gone from the trash bin already.'));
      return null;
    }
    const there = await patiently(context, () => context.store.get(href));
    if (there === null) return 'missing';
    const settled = whenChanged(step, there.etag);
    if (settled !== null) {
      context.log.final(row, settled);
      return null;
    }
    return await keep(context, row, there);
  } catch (error) {
    const failure = toFailure(error);
    // The next one would fare no better.
    if (isDiskTrouble(failure)) throw error;
    context.log.final(row, outcome(step, 'failed', `Its original could not be saved: ${failure.message}`));
    return null;
  }
}

async function keep(
  { originals, log }: RunContext,
  row: number,
  { bytes, etag }: { readonly bytes: Buffer; readonly etag: ETag | null },
): Promise<Slice> {
  const slice = await originals.append(bytes);
  log.original(row, slice, etag);
  return slice;
}

function whenGone(step: RunStep): ItemOutcome {
  if (step.row.action === 'delete') return outcome(step, 'unchanged', 'It was gone from the server already.');
  return outcome(step, 'conflict', 'It disappeared from the server after the plan was made.');
}

function whenChanged(step: RunStep, etag: string | null): ItemOutcome | null {
  if (etag === null || step.etag === null || etag === step.etag) return null;
  return outcome(step, 'conflict', 'It was changed on the server after the plan was made, so it was left alone.');
}

function outcome(step: RunStep, kind: ItemOutcome['outcome'], reason: string): ItemOutcome {
  return { outcome: kind, reason, status: null, href: step.row.href, etag: null, ms: null };
}
