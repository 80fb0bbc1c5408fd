import { z } from 'zod';
import { HushError } from '../../../../shared/model/failure.ts';
import { listBatches, openBatch, type StoredBatch } from '../../batch/kept/folder.ts';
import { canResume } from '../../batch/resume.ts';
import type { BatchWork, MakeWork, MemberPlan } from '../../batch/types.ts';
import { membersOnDisk } from '../../batch/kept/entry.ts';
import { reachedBy } from '../../batch/kept/kept-login.ts';
import type { Connection } from '../../caldav/types.ts';
import { runLocked } from '../../run/kept/run-locked.ts';
import type { EnginePorts, PreparedJob } from '../../types.ts';
import { lockAnnouncing } from '../start/announce-lock.ts';
import { planAnnouncement } from './plan.ts';
import {
  calendarsIn,
  chainOf,
  EarlierAnnouncements,
  writtenBy,
  type Announceable,
  type AnnouncedCalendar,
} from '../stored/written-rows.ts';
import { readUndone, undoneOf } from '../stored/undone.ts';
import { momentOfRun } from '../../report/words.ts';

/** What step 2 is asked to do: for which migration. */
const announceSpec = z.strictObject({
  batch: z.string(),
  /** Addresses of its members, in their order: once it has begun they stay what they were. */
  calendars: z.array(z.string()).readonly().optional(),
});
type AnnounceSpec = z.infer<typeof announceSpec>;

/**
 * Step 2 of a migration: guests outside are notified once, about what is to come, by the mailbox that organizes. Days later
 * or in parts: what was announced is read from the journals of earlier announcements, so nobody hears twice.
 */
export const makeAnnounce: MakeWork = async (ports, given, connect) => {
  const spec = announceSpec.parse(given);
  const chain = await chainOf(ports.runsDir, spec.batch);
  const batch = chain.at(-1);
  if (batch?.head.kind !== 'migrate') throw notMigration();
  if (batch.running) throw goesOn();
  const before = new EarlierAnnouncements(ports.runsDir);
  const calendars = await membersOf(ports, before, chain, spec);
  const undone = undoneOf(await membersOnDisk(batch), await readUndone(ports.runsDir, spec.batch));
  const of = (member: number): AnnouncedCalendar => {
    const found = calendars[member];
    if (found === undefined) throw new Error(`no member ${member}`);
    return found;
  };
  const connectionOf = (member: number): Connection => {
    const { login } = reachedBy(of(member).planned.login);
    if (login === null) throw new Error('a calendar without a login was to be announced');
    return connect(login);
  };
  const work: BatchWork = {
    kind: 'announce',
    asked: 'external-only',
    limits: batch.head.limits,
    members: calendars.map(memberPlan),
    stops: undone !== null ? [UNDONE] : calendars.length === 0 ? [NOTHING] : [],
    notes: [
      `Step 2 of the migration of ${momentOfRun(spec.batch)}: only external guests are notified, once, and only of what is to come.`,
    ],
    spec: { ...spec, calendars: calendars.map(({ planned }) => planned.member.calendarUrl ?? '') },
    async prepare(member) {
      const calendar = of(member);
      const { spec: asked } = await writtenBy(ports.runsDir, calendar.runIds, 0);
      if (asked === null) throw new Error('a calendar without a run was to be announced');
      const events = await leftIn(ports, before, calendar);
      const job = await planAnnouncement(ports, asked, events, connectionOf(member));
      return guarded(ports.runsDir, before, job, asked.calendarUrl);
    },
    connection: connectionOf,
    close: () => Promise.resolve(),
  };
  return work;
};

/** The calendars with something to announce; of an announcement that has begun, those it began with. */
async function membersOf(
  ports: EnginePorts,
  before: EarlierAnnouncements,
  chain: readonly StoredBatch[],
  { calendars }: AnnounceSpec,
): Promise<readonly AnnouncedCalendar[]> {
  const all = await calendarsIn(chain);
  const urlOf = ({ planned }: AnnouncedCalendar): string => planned.member.calendarUrl ?? '';
  if (calendars !== undefined) {
    return calendars.flatMap((url) => all.find((calendar) => urlOf(calendar) === url) ?? []);
  }
  const left: AnnouncedCalendar[] = [];
  for (const calendar of all) if ((await leftIn(ports, before, calendar)).length > 0) left.push(calendar);
  return left;
}

/** What is still to be announced in a calendar. */
async function leftIn(
  ports: EnginePorts,
  before: EarlierAnnouncements,
  { planned, runIds }: AnnouncedCalendar,
): Promise<readonly Announceable[]> {
  const { events } = await writtenBy(ports.runsDir, runIds, ports.now().getTime());
  const { notified, open } = await before.notifiedIn(planned.member.calendarUrl ?? '');
  return events.filter(({ uid }) => !notified.has(uid) && !open.has(uid));
}

const WRITES = { search: '', actions: ['update' as const], attention: 'any' as const, months: null };

/** The same job; while it runs no other process announces in this calendar, and it starts only with what is still new. */
function guarded(runsDir: string, before: EarlierAnnouncements, job: PreparedJob, calendarUrl: string): PreparedJob {
  return {
    ...job,
    get summary() {
      return job.summary;
    },
    async start(consent, place) {
      return runLocked(lockAnnouncing(runsDir, calendarUrl), async () => {
        const { notified, open } = await before.notifiedIn(calendarUrl);
        const { rows } = await job.rows(WRITES, 0, Number.MAX_SAFE_INTEGER);
        if (rows.some(({ uid }) => notified.has(uid) || open.has(uid))) throw announcedMeanwhile();
        return job.start(consent, place);
      });
    },
  };
}

function memberPlan({ planned: { member, origin, login } }: AnnouncedCalendar): MemberPlan {
  const { mailbox, calendar, calendarUrl } = member;
  return {
    mailbox,
    calendar: calendar.replace(/ \(own meetings\)$/, ''),
    calendarUrl,
    sources: [],
    stage: 0,
    origin,
    notCarried: [],
    ...reachedBy(login),
  };
}

/** Modes in which step 1 has notified people outside. */
const NOTIFIED_ALREADY: readonly string[] = ['external-only', 'all'];

/**
 * Whether something of a migration is still to be announced: it came to its end, people outside are in it, and no
 * announcement has ended.
 */
export async function mayAnnounceStill(batch: StoredBatch): Promise<boolean> {
  const { outside, messages, past } = batch.head.summary.notified['external-only'];
  const silent = batch.head.members.some(({ member }) => !NOTIFIED_ALREADY.includes(member.verdict?.effective ?? ''));
  if (batch.running || canResume(batch) || !silent || outside === 0 || messages <= past) return false;
  for (const id of await listBatches(batch.runsDir)) {
    const other = await openBatch(batch.runsDir, id).catch(() => null);
    // One that is damaged may have notified everybody.
    if (other === null) return false;
    const spec = announceSpec.safeParse(other.head.spec);
    const same = other.head.kind === 'announce' && spec.success && spec.data.batch === batch.head.batchId;
    if (same && other.journal.finished?.status === 'complete') return false;
  }
  return true;
}

const NOTHING = {
  code: 'NOTHING_TO_ANNOUNCE',
  message: 'There is nothing to announce: no external guest takes part in what is to come, or all have been notified.',
  override: false,
} as const;

const UNDONE = {
  code: 'ALREADY_UNDONE',
  message: 'This migration was undone: there is nothing to announce.',
  override: false,
} as const;

function notMigration(): HushError {
  return new HushError({
    code: 'NOT_A_MIGRATION',
    message: 'This run is no migration, so there is nothing to announce.',
    reaction: 'fix-input',
  });
}

function goesOn(): HushError {
  return new HushError({
    code: 'RUN_LOCKED',
    message: 'This run is in progress in another window or command. Wait until it ends, or stop it there.',
    reaction: 'fix-input',
  });
}

function announcedMeanwhile(): HushError {
  return new HushError({
    code: 'PLAN_EXPIRED',
    message: 'Some of these events were announced since the plan was made. Make the plan again.',
    reaction: 'fix-input',
  });
}
