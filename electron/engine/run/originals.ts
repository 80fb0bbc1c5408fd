import { toFailure } from '../../../shared/model/failure.ts';
import type { RunContext } from './context.ts';
import { patiently } from './resolve.ts';
import type { ItemOutcome, RunStep } from './types.ts';

/**
 * Saves what a chunk of updates and deletes will destroy, durable before any of their intents is. A row whose object is
 * no longer the one that the plan saw is settled here and never sent.
 *
 * @returns the rows that may go on
 */
export async function saveOriginals(context: RunContext, rows: readonly number[]): Promise<readonly number[]> {
  const passed = new Set(rows);
  const needy = rows.filter((row) => {
    const action = context.log.steps[row]?.row.action;
    return action === 'update' || action === 'delete';
  });
  if (needy.length === 0) return rows;
  const queue = [...needy];
  const worker = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      if (!(await saveOne(context, row))) passed.delete(row);
    }
  };
  await Promise.all(Array.from({ length: Math.min(context.concurrency, needy.length) }, worker));
  await context.originals.sync();
  return rows.filter((row) => passed.has(row));
}

async function saveOne(context: RunContext, row: number): Promise<boolean> {
  const step = context.log.steps[row];
  const href = step?.row.href;
  if (step === undefined || href === null || href === undefined) return false;
  try {
    const there = await patiently(context, () => context.store.get(href));
    const settled = there === null ? whenGone(step) : whenChanged(step, there.etag);
    if (settled !== null || there === null) {
      if (settled !== null) context.log.final(row, settled);
      return false;
    }
    context.log.original(row, await context.originals.append(there.bytes), there.etag);
    return true;
  } catch (error) {
    context.log.final(row, outcome(step, 'failed', `Its original could not be saved: ${toFailure(error).message}`));
    return false;
  }
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
