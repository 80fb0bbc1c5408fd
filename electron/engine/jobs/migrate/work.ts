import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import type { BatchWork, MakeWork, MemberPlan } from '../../batch/types.ts';
import type { Connection } from '../../caldav/types.ts';
import type { PreparedJob } from '../../types.ts';
import { inShard } from '../../mapping/shard.ts';
import { Earlier } from './earlier.ts';
import { planMember, type MemberOrder } from './member-plan.ts';
import { laidMigration, type LaidMigration, type PlannedAs } from '../stored/migration-spec.ts';
import { plural } from '../../../../shared/words/format.ts';

/** The work of a migration that was laid out: for a new batch and, with what it was planned as, for a resume. */
export const makeMigrate: MakeWork = async (ports, given, connect) => {
  const migration = laidMigration.parse(given);
  const { spec, members } = migration;
  const earlier = spec.after === null ? null : await Earlier.open(ports.runsDir, spec.after);
  const planned = [...migration.planned];
  /** What each plan would have been had this migration not begun; by the plan. */
  const asBefore = new WeakMap<PreparedJob, PlannedAs>();
  const orderOf = (member: number): Omit<MemberOrder, 'left'> => order(migration, member, planned[member] ?? null);
  const connectionOf = (member: number): Connection => {
    const { move } = orderOf(member);
    return connect({ ...move.to, url: move.calendarUrl });
  };
  const work: BatchWork = {
    kind: 'migrate',
    asked: askedOf(migration),
    limits: spec.limits,
    members: [...members.map((_, at) => memberPlan(orderOf(at))), ...leftOutPlans(spec)],
    stops: [],
    notes: [...migration.notes, ...partial(migration)],
    get spec() {
      return { ...migration, planned };
    },
    async prepare(member, progress, signal) {
      const { laid: from, move, ...rest } = orderOf(member);
      const left = earlier === null ? null : await earlier.leftIn(move.calendarUrl);
      const made = await planMember(ports, { ...rest, laid: from, move, left }, connectionOf(member), progress, signal);
      planned[member] ??= made.as;
      asBefore.set(made.job, made.as);
      return made.job;
    },
    judgeChange(member, now) {
      const [was, is] = [planned[member]?.hash, asBefore.get(now)?.hash];
      return Promise.resolve(was !== undefined && was === is ? null : '');
    },
    connection: connectionOf,
    close: () => Promise.resolve(),
  };
  return work;
};

function order(migration: LaidMigration, at: number, before: PlannedAs | null): Omit<MemberOrder, 'left'> {
  const member = migration.members[at];
  const laid = member === undefined ? undefined : migration.laid[member.laid];
  const move = laid === undefined ? undefined : migration.spec.moves[laid.move];
  if (member === undefined || laid === undefined || move === undefined) throw new Error(`no member ${at}`);
  return { migration, member, laid, move, before };
}

function memberPlan({ member, laid, move }: Omit<MemberOrder, 'left'>): MemberPlan {
  const { mailbox, calendarName, calendarUrl, to } = move;
  return {
    mailbox,
    calendar: member.part === 'organizers' ? `${calendarName} (own meetings)` : calendarName,
    calendarUrl,
    sources: [laid.from],
    stage: member.stage,
    origin: new URL(calendarUrl).origin,
    login: { ...to, url: calendarUrl },
    notCarried: member.part === 'organizers' ? [] : laid.notCarried,
    unread: member.part === 'organizers' ? 0 : laid.unread,
    problem: laid.problem,
  };
}

/** Rows that cannot be used are part of what is reported: a migration without them is not complete. */
function leftOutPlans({ leftOut = [], shard }: LaidMigration['spec']): readonly MemberPlan[] {
  return leftOut
    .filter(({ mailbox }) => shard === null || inShard(mailbox, shard))
    .map(({ mailbox, source, message }) => ({
      mailbox,
      calendar: '',
      calendarUrl: null,
      sources: [source],
      stage: 0,
      origin: '',
      login: null,
      notCarried: [],
      unread: 0,
      problem: message,
    }));
}

/** The word for the whole: `auto` is silence, but where some events go first. */
function askedOf({ members }: LaidMigration): SchedulingMode {
  const modes = new Set(members.map(({ mode }) => mode));
  const [only] = modes;
  if (only !== undefined && modes.size === 1) return only;
  return (['all', 'external-only', 'internal-only', 'none'] as const).find((mode) => modes.has(mode)) ?? 'none';
}

/** What was not read, so that nothing is taken for deleted. */
function partial({ spec, laid }: LaidMigration): readonly string[] {
  if (spec.after === null) return [];
  const count = laid.filter(({ incomplete }) => incomplete).length;
  return count === 0
    ? []
    : [`${plural(count, 'calendar')} could not be read as a whole: nothing that is missing there counts as deleted.`];
}
