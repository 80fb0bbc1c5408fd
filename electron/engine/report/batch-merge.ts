import type { BatchEntry, BatchReport, BatchSummary, MemberReport } from '../../../shared/model/batch/batch.ts';
import { TICKET_LENGTH } from '../../../shared/model/kept/job-note.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import { OUTCOMES, ZERO_TOTALS, type Totals } from '../../../shared/model/outcome.ts';
import { ACTIONS, type ActionCounts } from '../../../shared/model/plan.ts';
import { STANDARD_MODES, type NotifiedByMode, type NotifiedCount } from '../../../shared/model/scheduling.ts';
import { listWords, plural } from '../../../shared/words/format.ts';
import { reconciled } from './batch-notes.ts';
import { batchTitle } from './batch-words.ts';
import { moment } from './words.ts';

/** The worst first: the whole is as its worst part. */
const WORST: readonly RunStatus[] = ['interrupted', 'stopped', 'incomplete', 'refused', 'complete'];

/**
 * Reports of several parts as one. A calendar that is in several parts counts once, as the newest has it, and is named;
 * parts of another kind, such as an undo, are left out and named. Null when there is none.
 */
export function mergeReports(reports: readonly BatchReport[], hash: string): BatchReport | null {
  const newestFirst = [...reports].sort((a, b) => (a.batch.startedAt < b.batch.startedAt ? 1 : -1));
  const kind = (newestFirst.find(({ batch }) => batch.kind !== 'undo') ?? newestFirst[0])?.batch.kind;
  const parts = newestFirst.filter(({ batch }) => batch.kind === kind);
  const [first] = parts;
  if (first === undefined) return null;
  const { members, twice } = oneOfEach(parts);
  const others = newestFirst.filter(({ batch }) => batch.kind !== kind);
  const sentence = reconciled(members);
  const notes = [
    `${plural(parts.length, 'part was', 'parts were')} put together, begun ${listWords(unique(parts.map(begunAt)))}.`,
    ...(sentence === null ? [] : [sentence]),
    ...twice,
    ...others.map((other) => `The ${titleOf(other)} of ${begunAt(other)} is left out: it is of another kind.`),
    ...(parts.length > 1
      ? ['People who are notified by several parts, and their calendars, are counted in each of them.']
      : []),
    ...unique(parts.flatMap((part) => part.notes.filter((note) => !note.includes('on the source =')))),
  ];
  return { version: 1, batch: entryOf(parts, members), summary: summaryOf(parts, members, hash), members, notes };
}

/** A part is called by the moment at which it was begun. */
const begunAt = ({ batch }: BatchReport): string => moment(batch.startedAt);
const titleOf = ({ batch }: BatchReport): string => batchTitle(batch.kind).toLowerCase();

/** Every calendar once: as the newest part that has it says. */
function oneOfEach(parts: readonly BatchReport[]): {
  readonly members: readonly MemberReport[];
  readonly twice: readonly string[];
} {
  const found = new Map<string, MemberReport>();
  const twice = new Set<string>();
  for (const member of parts.flatMap((part) => part.members)) {
    const key = JSON.stringify([member.mailbox.toLowerCase(), member.calendarUrl, member.calendar]);
    if (found.has(key))
      twice.add(`${member.mailbox}, "${member.calendar}" is in several parts: the newest one counts.`);
    else found.set(key, member);
  }
  const members = [...found.values()].map((member, id) => ({ ...member, id }));
  return { members, twice: [...twice] };
}

/** Every ticket once, and the note where the parts have one and the same. */
function noteOfAll(entries: readonly BatchEntry[]): Partial<Record<'ticket' | 'note', string | undefined>> {
  const tickets = unique(entries.flatMap(({ ticket }) => ticket ?? []));
  const texts = unique(entries.flatMap(({ note }) => note ?? []));
  return {
    ticket: tickets.length === 0 ? undefined : tickets.join(', ').slice(0, TICKET_LENGTH),
    note: texts.length === 1 ? texts[0] : undefined,
  };
}

function entryOf(parts: readonly BatchReport[], members: readonly MemberReport[]): BatchEntry {
  const entries = parts.map(({ batch }) => batch);
  const ends = entries.map(({ endedAt }) => endedAt);
  const lastEnd = ends.reduce(
    (last, end) => (last === null || end === null ? null : end > last ? end : last),
    ends[0] ?? null,
  );
  const base = entries[0];
  if (base === undefined) throw new Error('nothing to put together');
  return {
    ...base,
    ...noteOfAll(entries),
    batchId: 'merged',
    startedAt: entries.reduce((least, one) => (one.startedAt < least ? one.startedAt : least), base.startedAt),
    endedAt: lastEnd,
    status: WORST.find((status) => entries.some((one) => one.status === status)) ?? base.status,
    running: entries.some(({ running }) => running),
    members: members.length,
    done: members.filter(({ state }) => state === 'done').length,
    needsAttention: members.filter(({ state }) => state === 'needs-attention').length,
    totals: members.reduce(addTotals, ZERO_TOTALS),
    verified: members.reduce((sum, { verified }) => sum + verified, 0),
    notified: entries.reduce((sum, { notified }) => sum + notified, 0),
    canUndo: false,
    canResume: false,
    canAnnounce: false,
  };
}

function addTotals(sum: Totals, { totals }: MemberReport): Totals {
  if (totals === null) return sum;
  const next = { ...sum };
  for (const outcome of OUTCOMES) next[outcome] += totals[outcome];
  return next;
}

function summaryOf(parts: readonly BatchReport[], members: readonly MemberReport[], hash: string): BatchSummary {
  const summaries = parts.map(({ summary }) => summary);
  const [first] = summaries;
  if (first === undefined) throw new Error('nothing to put together');
  const blocked = members.filter(({ hash: planned }) => planned === null).length;
  return {
    ...first,
    hash,
    members: members.length,
    blocked,
    counts: summaries.map(({ counts }) => counts).reduce(addCounts),
    notified: summaries.map(({ notified }) => notified).reduce(addNotified),
    stops: [],
    notes: unique(summaries.flatMap(({ notes }) => notes)),
  };
}

function addCounts(a: ActionCounts, b: ActionCounts): ActionCounts {
  const sum = { ...a };
  for (const action of ACTIONS) sum[action] += b[action];
  return sum;
}

function addNotified(a: NotifiedByMode, b: NotifiedByMode): NotifiedByMode {
  const sum = { ...a };
  for (const mode of STANDARD_MODES) sum[mode] = addCount(a[mode], b[mode]);
  return sum;
}

function addCount(a: NotifiedCount, b: NotifiedCount): NotifiedCount {
  return {
    people: a.people + b.people,
    inside: a.inside + b.inside,
    outside: a.outside + b.outside,
    messages: a.messages + b.messages,
    calendars: a.calendars + b.calendars,
    past: a.past + b.past,
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
