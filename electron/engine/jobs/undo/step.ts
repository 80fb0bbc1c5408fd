import type { JobKind, RunSpec } from '../../../../shared/model/job.ts';
import type { Action } from '../../../../shared/model/plan.ts';
import type { ETag } from '../../caldav/types.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { timedOf } from '../../icalendar/recurrence/occurrences.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { alarmFindings } from '../../plan/alarms.ts';
import { isWrite, resourceRow } from '../../plan/rows.ts';
import { matchesRules, type Rule } from '../../plan/rules/rules.ts';
import { notifiedInMode } from '../../plan/summary.ts';
import type { PlanStep, StepTimes } from '../../plan/types.ts';
import type { RowState } from '../../run/kept/replay.ts';
import type { RunStep } from '../../run/types.ts';
import { standingOf } from '../../scheduling/identity.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import type { OpenTarget } from '../target/target.ts';

/** One applied write of a run, and what stands at its address now. */
export interface Applied {
  /** What the run was. */
  readonly job: JobKind;
  readonly id: number;
  readonly ordinal: number;
  readonly step: RunStep;
  readonly state: RowState | undefined;
  /** What was there before the run. */
  readonly original: string | null;
  /** What the run sent; null for a delete. Read when asked for. */
  readonly sent: () => Promise<string | null>;
  readonly current: { readonly text: string; readonly etag: ETag | null } | null;
  /** Why what stands there, if anything does, cannot be seen; null where it can. */
  readonly unreadable: string | null;
  /** What stands there now means what the run sent. */
  readonly asSent: boolean;
  /** Why it cannot be taken back, where what the run kept of it is damaged. */
  readonly damage: string | null;
  readonly target: OpenTarget;
}

interface Choice {
  readonly action: Action;
  readonly reason: string;
}

/** How to take back one write. */
export function undoStep(applied: Applied, { mode, inbox }: Pick<RunSpec, 'mode' | 'inbox'>): PlanStep {
  const { step, original, current, target } = applied;
  const choice = inbox === true && applied.original !== null ? NOT_INTO_INBOX : choose(applied, mode);
  const before = current === null ? null : (summarise(current.text)[0] ?? null);
  const after = original === null ? null : (summarise(original)[0] ?? null);
  const stored = choice.action === 'create' || choice.action === 'update' ? after : null;
  const known = choice.action === 'delete' ? before : (after ?? before);
  const row = {
    ...(known === null ? step.row : shownRow(known, applied)),
    id: applied.id,
    ...choice,
    href: step.row.href,
    file: step.row.file,
    line: step.row.line,
    findings: stored === null ? [] : alarmFindings(stored, target.context.now),
    excluded: false,
  };
  const notified = isWrite(choice.action)
    ? notifiedBy(choice.action, choice.action === 'delete' ? null : after, before, target.context, step.row.actingAs)
    : null;
  return {
    row: {
      ...row,
      notified: notifiedInMode(notified, mode),
      actingAs: isWrite(choice.action) ? step.row.actingAs : null,
    },
    ordinal: applied.ordinal,
    etag: current?.etag ?? null,
    notified,
    digest: choice.action === 'delete' ? step.meaning : original === null ? '' : meaningOf(original),
    bytes: original === null || choice.action === 'delete' ? 0 : Buffer.byteLength(original),
    asCopy: false,
    times: timesOf(after, before),
  };
}

function timesOf(after: ResourceSummary | null, before: ResourceSummary | null): StepTimes {
  return {
    ...(after === null ? {} : { own: timedOf(after) }),
    ...(before === null ? {} : { before: timedOf(before) }),
  };
}

/** A change that the rules do not name stays as it is; no rules name everything. */
export async function leaveOut(step: PlanStep, applied: Applied, rules: readonly Rule[]): Promise<PlanStep> {
  if (rules.length === 0) return step;
  const { original, current, target } = applied;
  const text = current?.text ?? original ?? (await applied.sent()) ?? '';
  const [summary] = summarise(text);
  const own = new Set(target.properties.ownerAddresses.map((address) => address.toLowerCase()));
  const subject = { text: text.replace(/\r?\n[ \t]/g, ''), own, inside: target.context.insideDomains };
  if (summary !== undefined && matchesRules(rules, { ...subject, summary })) return step;
  const row = {
    ...step.row,
    action: 'skip',
    reason: 'Left out by your selection.',
    notified: 0,
    actingAs: null,
  } as const;
  return { ...step, row, notified: null, bytes: 0 };
}

function shownRow(summary: ResourceSummary, { id, step, target }: Applied): PlanStep['row'] {
  const { kind } = standingOf(summary, target.properties.ownerAddresses);
  const { href, action } = step.row;
  const facts = { id, href, action, reason: '', actingAs: null, standing: kind, notified: 0 };
  return resourceRow(summary, facts, target.context.now);
}

function choose(applied: Applied, mode: RunSpec['mode']): Choice {
  if (applied.damage !== null) return { action: 'conflict', reason: applied.damage };
  const { unreadable } = applied;
  if (unreadable !== null) return { action: 'conflict', reason: `It was not seen, so it is left alone. ${unreadable}` };
  if (applied.step.row.bin === 'refill') return IN_BIN;
  switch (applied.step.row.action) {
    case 'create':
      return undoCreate(applied);
    case 'update':
      return isTakenOut(applied) ? putIn(applied, mode) : undoUpdate(applied);
    default:
      return undoDelete(applied);
  }
}

const IN_BIN: Choice = {
  action: 'unchanged',
  reason: 'It lies in the trash bin. Where the event of its UID comes back, a row of its own takes it out first.',
};

function undoCreate(applied: Applied): Choice {
  const { current } = applied;
  if (current === null) return { action: 'unchanged', reason: 'It is gone from the server already.' };
  if (!isAsLeft(applied)) return { action: 'conflict', reason: 'It was changed since the run, so it is left alone.' };
  if (current.etag === null) return NO_ETAG;
  return { action: 'delete', reason: 'The run created it.' };
}

/** An announcement takes an event out before it puts it in again: its process may have ended in between. */
function isTakenOut({ job, state, current }: Applied): boolean {
  return job === 'announce' && current === null && state?.final === null && state.applied === null;
}

function putIn({ original }: Applied, mode: RunSpec['mode']): Choice {
  if (original === null) return { action: 'conflict', reason: 'Its original was not saved.' };
  if (mode !== 'none')
    return { action: 'conflict', reason: 'The run left it taken out; it is restored in mode none only.' };
  return { action: 'create', reason: 'The run left it taken out; it is restored, and nobody is notified.' };
}

function undoUpdate(applied: Applied): Choice {
  const { current, original } = applied;
  if (current === null) return { action: 'conflict', reason: 'It was deleted since the run, so it is left alone.' };
  if (original === null) return { action: 'conflict', reason: 'Its original was not saved.' };
  if (meaningOf(current.text) === meaningOf(original))
    return { action: 'unchanged', reason: 'It is as it was before.' };
  if (!isAsLeft(applied)) return { action: 'conflict', reason: 'It was changed since the run, so it is left alone.' };
  if (current.etag === null) return NO_ETAG;
  return { action: 'update', reason: 'Its original is restored.' };
}

function undoDelete({ current, original }: Applied): Choice {
  if (original === null) return { action: 'conflict', reason: 'Its original was not saved.' };
  if (current === null) return { action: 'create', reason: 'The run deleted it.' };
  if (meaningOf(current.text) === meaningOf(original)) return { action: 'unchanged', reason: 'It is back already.' };
  return { action: 'conflict', reason: 'Something else stands at its address by now, so it is left alone.' };
}

/** RFC 6638 §2.2: only the server delivers into an inbox; Cyrus refuses a PUT there. */
const NOT_INTO_INBOX: Choice = {
  action: 'skip',
  reason: 'Servers take nothing back into an inbox. Its text is kept with the run.',
};

const NO_ETAG: Choice = {
  action: 'conflict',
  reason: 'The server gives no ETag for it, so it cannot be undone safely.',
};

/**
 * Whether the object is what the run left. Its meaning decides, since there are servers whose ETags repeat; where the
 * server changed the meaning on storing, or it was never read back, the ETag has to do.
 */
function isAsLeft({ state, current, asSent }: Applied): boolean {
  if (current === null) return false;
  if (asSent) return true;
  const verdict = state?.verified?.verdict;
  if (verdict === 'same' || verdict === 'rewritten') return false;
  const left = state?.verified?.etag ?? state?.applied?.etag ?? null;
  return left !== null && left === current.etag;
}
