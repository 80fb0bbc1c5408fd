import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { notifiedBy, NotifiedSum } from '../../scheduling/notified/notified.ts';
import type { NotifiedContext } from '../../scheduling/types.ts';
import type { StoredRun } from '../../run/kept/read-run.ts';
import type { Applied } from './step.ts';

/** Whom a run has told, by the writes that it made or may have made: not by all it had planned. */
export class NotifiedByRun {
  readonly #head: StoredRun['head'];
  readonly #context: NotifiedContext;
  readonly #sum = new NotifiedSum();

  constructor({ head }: StoredRun, context: NotifiedContext) {
    this.#head = head;
    this.#context = { ...context, now: Date.parse(head.startedAt) };
  }

  async add({ step, original, sent }: Applied): Promise<void> {
    const { action, actingAs, bin } = step.row;
    if (this.#silent() || bin !== undefined || (action !== 'create' && action !== 'update' && action !== 'delete'))
      return;
    this.#sum.add(notifiedBy(action, summaryOf(await sent()), summaryOf(original), this.#context, actingAs));
  }

  /** Null when it told nobody. */
  total(): NonNullable<PlanSummary['undoes']> | null {
    const { effective } = this.#head.summary.verdict;
    if (this.#silent() || effective === null) return null;
    const mode = STANDARD_MODES.find((known) => known === effective) ?? 'all';
    const notified = this.#sum.total()[mode];
    return notified.people === 0 ? null : { runId: this.#head.runId, mode: effective, notified };
  }

  #silent(): boolean {
    const { effective, assurance } = this.#head.summary.verdict;
    return effective === null || effective === 'none' || assurance === 'noScheduling';
  }
}

function summaryOf(text: string | null): ResourceSummary | null {
  return text === null ? null : (summarise(text)[0] ?? null);
}
