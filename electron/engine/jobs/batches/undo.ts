import { z } from 'zod';
import { HushError } from '../../../../shared/model/failure.ts';
import { schedulingMode } from '../../../../shared/model/scheduling.ts';
import { readChild } from '../../batch/child.ts';
import { entryOf, membersOnDisk } from '../../batch/kept/entry.ts';
import { reachedBy } from '../../batch/kept/kept-login.ts';
import { openBatch, type StoredBatch } from '../../batch/kept/folder.ts';
import type { PlannedMember } from '../../batch/kept/records.ts';
import type { Connect, MakeWork, MemberPlan } from '../../batch/types.ts';
import type { Connection } from '../../caldav/types.ts';
import { parseRule } from '../../plan/rules/rules.ts';
import { ALREADY_UNDONE, readUndone } from '../stored/undone.ts';
import { prepareUndo, undoModeOf } from '../undo/undo.ts';
import { momentOfRun } from '../../report/words.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

/** What the undo of a batch is asked to do. */
const undoBatchSpec = z.strictObject({
  batchId: z.string(),
  /** Ids of its members; null: all. */
  members: z.array(z.int()).readonly().nullable(),
  /** Rules (docs/rules.md); all must hold for a change to be taken back. Empty: everything. */
  only: z.array(z.string()).readonly(),
  /** Whom to tell; null: as each calendar of the batch did. */
  mode: schedulingMode.nullable(),
});
export type UndoBatchSpec = z.infer<typeof undoBatchSpec>;

/**
 * Takes back what the runs of a batch did: an undo per calendar, the last stage first. Calendars that were taken back
 * already are left out.
 */
export const planUndo: MakeWork = async (ports, given, connect, progress, signal) => {
  const spec = undoBatchSpec.parse(given);
  const batch = await openBatch(ports.runsDir, spec.batchId);
  const all = await undoable(batch, spec.members);
  const undoneBy = await readUndone(ports.runsDir, spec.batchId);
  const left = all.filter(({ runId }) => undoneBy(runId) === null);
  const members = left.map(({ planned }) => planned.member.id);
  const work = await makeUndo(ports, { ...spec, members }, connect, progress, signal);
  return all.length > 0 && left.length === 0 ? { ...work, stops: [UNDONE] } : work;
};

/** The same for an undo that has begun: it goes on with the calendars that it began with. */
export const makeUndo: MakeWork = async (ports, given, connect) => {
  const spec = undoBatchSpec.parse(given);
  for (const rule of spec.only) parseRule(rule);
  const batch = await openBatch(ports.runsDir, spec.batchId);
  if (batch.running) throw goesOn();
  const undone = await undoable(batch, spec.members);
  const { head } = batch;
  const of = (member: number): Undoable => {
    const found = undone[member];
    if (found === undefined) throw new Error(`no member ${member}`);
    return found;
  };
  return {
    kind: 'undo',
    asked: spec.mode ?? undoModeOf(head.kind, head.summary.asked),
    limits: head.limits,
    members: undone.map(({ planned }) => memberPlan(planned)),
    stops: undone.length === 0 ? [NOTHING] : [],
    notes: await notesOf(batch),
    spec,
    prepare(member) {
      const { planned, runId } = of(member);
      const options = { only: spec.only, ...(spec.mode === null ? {} : { mode: spec.mode }) };
      return prepareUndo(ports, runId, connectionOf(planned, connect), options);
    },
    connection: (member) => connectionOf(of(member).planned, connect),
    close: () => Promise.resolve(),
  };
};

interface Undoable {
  readonly planned: PlannedMember;
  readonly runId: string;
}

/** Members whose run has written something. */
async function undoable(batch: StoredBatch, picked: readonly number[] | null): Promise<readonly Undoable[]> {
  const found: Undoable[] = [];
  for (const { id, runIds } of await membersOnDisk(batch)) {
    const planned = batch.head.members[id];
    const runId = runIds.at(-1);
    if (planned === undefined || runId === undefined || picked?.includes(id) === false) continue;
    const child = await readChild(batch.runsDir, runId);
    if (child.kind === 'run' && child.result.canUndo) found.push({ planned, runId });
  }
  return found;
}

function memberPlan({ member, stage, origin, login }: PlannedMember): MemberPlan {
  const { mailbox, calendar, calendarUrl } = member;
  return { mailbox, calendar, calendarUrl, sources: [], stage: -stage, origin, notCarried: [], ...reachedBy(login) };
}

function connectionOf(planned: PlannedMember, connect: Connect): Connection {
  const { login } = reachedBy(planned.login);
  if (login === null) throw new Error('a member without a login was to be undone');
  return connect(login);
}

async function notesOf(batch: StoredBatch): Promise<readonly string[]> {
  const { notified, batchId } = entryOf(batch, await membersOnDisk(batch));
  const who = notified === 1 ? 'up to 1 person' : `up to ${formatNumber(notified)} people`;
  return [
    `Undoes the run of ${momentOfRun(batchId)}.`,
    ...(notified === 0 ? [] : [`That run notified ${who}; what was sent stays sent.`]),
  ];
}

const UNDONE = { code: 'ALREADY_UNDONE', message: ALREADY_UNDONE, override: false } as const;

const NOTHING = {
  code: 'NOTHING_TO_UNDO',
  message: 'This run wrote nothing that could be undone.',
  override: false,
} as const;

function goesOn(): HushError {
  return new HushError({
    code: 'RUN_LOCKED',
    message: 'This run is in progress in another window or command. Wait until it ends, or stop it there.',
    reaction: 'fix-input',
  });
}
