import { behalfOf } from '../../../../shared/model/login.ts';
import type { RestoreSpec } from '../../../../shared/model/job.ts';
import type { Move } from '../../../../shared/model/batch/migrate.ts';
import { BACKUP_ENTRY, hrefsByEntry } from '../../backup/origin.ts';
import type { Connection } from '../../caldav/types.ts';
import type { EnginePorts, PreparedJob, Progress } from '../../types.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import { completePlan, planSteps } from '../../plan/make.ts';
import type { PlanInput, PlanStep } from '../../plan/types.ts';
import { addressKey } from '../../scheduling/addresses.ts';
import { collect, runYielding } from '../../yielding.ts';
import { newSha256 } from '../consent/text-digest.ts';
import { prepareRestore, type Settled, type Shape } from '../restore.ts';
import type { OpenTarget } from '../target/target.ts';
import type { LeftByUid } from './earlier.ts';
import { answerOf, comesByItself, goesFirst, holds } from './parts.ts';
import { goneSince, pickUp, quiet, replaced, type Deletable } from './since.ts';
import type { LaidMember, LaidMigration, LaidMove, PlannedAs } from '../stored/migration-spec.ts';
import { IndexView } from './view.ts';
import { plural } from '../../../../shared/words/format.ts';

/** What the plan of one member is made from. */
export interface MemberOrder {
  readonly migration: LaidMigration;
  readonly member: LaidMember;
  readonly laid: LaidMove;
  readonly move: Move;
  /** What it was planned as the first time; null now. */
  readonly before: PlannedAs | null;
  readonly left: LeftByUid | null;
}

/** A plan, and what it would have been without what this very migration has put into the calendar since. */
interface MemberPlanned {
  readonly job: PreparedJob;
  readonly as: PlannedAs;
}

/** The plan of one calendar of a migration: a restore with the parts, the order and the history of a migration. */
export async function planMember(
  ports: EnginePorts,
  order: MemberOrder,
  connection: Connection,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<MemberPlanned> {
  const shaping = new Shaping(order, await hrefsByEntry(order.laid.sources));
  const job = await prepareRestore(ports, restoreOf(order, connection), connection, progress, signal, shaping);
  if (shaping.as === null) throw new Error('the plan was not settled');
  return { job, as: { ...shaping.as, hash: shaping.as.hash === '' ? job.summary.hash : shaping.as.hash } };
}

function restoreOf({ migration: { spec }, member, laid, move }: MemberOrder, connection: Connection): RestoreSpec {
  const behalf = behalfOf(move.to);
  return {
    sources: laid.sources,
    calendarUrl: move.calendarUrl,
    user: move.to.actor,
    ...(behalf === undefined ? {} : { behalf }),
    mode: member.mode,
    identity: move.identity,
    onConflict: spec.onConflict,
    only: [],
    concurrency: connection.concurrency,
    assume: spec.assume ?? [],
    insideDomains: spec.insideDomains,
    ...(spec.rewrites === undefined ? {} : { rewrites: spec.rewrites }),
    makeCalendar: { name: move.calendarName.trim() === '' ? null : move.calendarName.slice(0, 200), color: null },
  };
}

class Shaping implements Shape {
  readonly job = 'migrate';
  as: PlannedAs | null = null;
  readonly #order: MemberOrder;
  /** Address on the old server of each entry of what was pulled from there. */
  readonly #hrefs: ReadonlyMap<string, string>;
  readonly #sources = new Set<string>();
  #index: CalendarIndex | null = null;
  #own: ReadonlySet<string> = new Set();

  constructor(order: MemberOrder, hrefs: ReadonlyMap<string, string>) {
    this.#order = order;
    this.#hrefs = hrefs;
  }

  view(index: CalendarIndex, { properties }: OpenTarget): CalendarIndex {
    const { migration, member, move } = this.#order;
    this.#own = new Set(properties.ownerAddresses.map(addressKey));
    const chosen: number[] = [];
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      const glance = index.glance(ordinal);
      this.#sources.add(glance.uid);
      if (holds(member.part, goesFirst(glance, this.#own, migration, move.mode))) chosen.push(ordinal);
    }
    const nameOf = (file: string): string => this.#hrefs.get(file) ?? file.split(BACKUP_ENTRY).at(-1) ?? file;
    const named = this.#hrefs.size === 0 ? (file: string): string => file : nameOf;
    this.#index = new IndexView(index, chosen, named, member.part !== 'organizers');
    return this.#index;
  }

  async settle(input: PlanInput, steps: readonly PlanStep[], makes: PlanInput['makes']): Promise<Settled> {
    const { before } = this.#order;
    const arrived = this.#arrivedIn(input, steps);
    const late = new Set(before === null ? [] : arrived.filter((uid) => !before.present.includes(uid)));
    // Between the stages there may be hours, in which the owner can answer what came.
    const taken = arrived.filter((uid) => this.#isUntouched(input, steps, uid));
    const answered = new Set([...late].filter((uid) => !taken.includes(uid)));
    const decided = this.#decide(input, steps, taken);
    const settled = decided.map((step) => (answered.has(step.row.uid) ? quiet(step, 'conflict', ANSWERED) : step));
    const count = settled.filter(({ row }) => row.reason === TAKES_PLACE).length;
    const notes = count === 0 ? [] : [takesPlace(count)];
    const elsewhere = [...(input.elsewhere?.keys() ?? [])];
    this.as = { hash: '', makes: makes ?? null, present: arrived, elsewhere };
    const moved = elsewhere.some((uid) => before?.elsewhere.includes(uid) === false);
    if (before !== null && (late.size > 0 || moved || (before.makes !== null && makes === undefined))) {
      this.as = { ...this.as, hash: await this.#hashWithout(input, late, taken, before) };
    }
    return { steps: settled, notes };
  }

  /** UIDs of colleagues' meetings that come into this calendar by themselves and are there. */
  #arrivedIn(input: PlanInput, steps: readonly PlanStep[]): readonly string[] {
    if (this.#order.member.part === 'organizers') return [];
    return steps.flatMap(({ ordinal, row }) => {
      const there = input.target.get(row.uid);
      if (ordinal === null || there === undefined || row.organizer === null) return [];
      const same = addressKey(there.summary.organizer?.address ?? '') === addressKey(row.organizer);
      const comes = comesByItself(input.resources.summary(ordinal), this.#own, this.#order.migration);
      return same && comes ? [row.uid] : [];
    });
  }

  /** Whether the owner has not answered otherwise on the new side than on the old one. */
  #isUntouched(input: PlanInput, steps: readonly PlanStep[], uid: string): boolean {
    const there = input.target.get(uid);
    const ordinal = steps.find((step) => step.row.uid === uid)?.ordinal ?? null;
    if (there === undefined || ordinal === null) return false;
    const answer = answerOf(there.summary, this.#own);
    return answer === 'NEEDS-ACTION' || answer === answerOf(input.resources.summary(ordinal), this.#own);
  }

  #decide(input: PlanInput, steps: readonly PlanStep[], uids: readonly string[]): readonly PlanStep[] {
    const { left, laid, member } = this.#order;
    const taken = new Set(uids);
    const own = steps.map((step) => (taken.has(step.row.uid) ? replaced(input, step, TAKES_PLACE) : step));
    if (left === null) return own;
    const picked = pickUp(input, own, new Map([...left].filter(([uid]) => !taken.has(uid))));
    if (member.part === 'organizers' || (laid.incomplete && !this.#order.migration.spec.deleteGone)) return picked;
    return [...picked, ...goneSince(input, picked, left, this.#sources, this.#deletable())];
  }

  /** What may be deleted for being gone; `all` where files are the source, which say all that they hold. */
  #deletable(): Deletable {
    const { laid, migration } = this.#order;
    if (!migration.spec.deleteGone) return 'nothing';
    if (laid.incomplete) return 'unproved';
    return laid.gone === null ? 'all' : new Set(laid.gone);
  }

  /** The hash of the plan as it would be had this migration not been here yet. */
  async #hashWithout(
    input: PlanInput,
    missing: ReadonlySet<string>,
    taken: readonly string[],
    before: PlannedAs,
  ): Promise<string> {
    const target = new Map([...input.target].filter(([uid]) => !missing.has(uid)));
    // What this migration has put into another calendar of the user meanwhile is a conflict now, and does less than was shown.
    const elsewhere = new Map([...(input.elsewhere ?? [])].filter(([uid]) => before.elsewhere.includes(uid)));
    const earlier = { ...input, target, elsewhere };
    const steps = await collect(planSteps(earlier), undefined);
    const settled = this.#decide(
      earlier,
      steps,
      taken.filter((uid) => !missing.has(uid)),
    );
    const complete = { ...earlier, makes: before.makes ?? undefined };
    return (await runYielding(completePlan(complete, settled, newSha256, this.job))).hash;
  }
}

const TAKES_PLACE = "The owner's own copy, with their answer, takes the place of what the organizer's event put there.";

const ANSWERED = "It came by itself, with another answer than the owner's own copy has; it is kept as it is here.";

function takesPlace(count: number): string {
  return `${plural(count, 'meeting')} of colleagues came into this calendar by themselves, unanswered: the owner's own copies take their place, and what they replace is saved.`;
}
