import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { toldBy, ToldSum } from '../../scheduling/notified.ts';
import type { ToldContext } from '../../scheduling/types.ts';
import type { StoredRun } from '../stored/stored-run.ts';
import type { Applied } from './step.ts';

/** Whom a run has told, by the writes that it made or may have made: not by all it had planned. */
export class ToldByRun {
  readonly #head: StoredRun['head'];
  readonly #context: ToldContext;
  readonly #sum = new ToldSum();

  constructor({ head }: StoredRun, context: ToldContext) {
    this.#head = head;
    this.#context = { ...context, now: Date.parse(head.startedAt) };
  }

  async add({ step, original, sent }: Applied): Promise<void> {
    const { action, actingAs } = step.row;
    if (this.#silent() || (action !== 'create' && action !== 'update' && action !== 'delete')) return;
    this.#sum.add(toldBy(action, summaryOf(await sent()), summaryOf(original), this.#context, actingAs));
  }

  /** Null when it told nobody. */
  total(): NonNullable<PlanSummary['undoes']> | null {
    const { effective } = this.#head.summary.verdict;
    if (this.#silent() || effective === null) return null;
    const mode = STANDARD_MODES.find((known) => known === effective) ?? 'all';
    const told = this.#sum.total()[mode];
    return told.people === 0 ? null : { runId: this.#head.runId, mode: effective, told };
  }

  #silent(): boolean {
    const { effective, rung } = this.#head.summary.verdict;
    return effective === null || effective === 'none' || rung === 'no-scheduling';
  }
}

function summaryOf(text: string | null): ResourceSummary | null {
  return text === null ? null : (summarise(text)[0] ?? null);
}
