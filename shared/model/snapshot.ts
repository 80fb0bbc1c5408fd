import { z } from 'zod';
import { failure } from './failure.ts';
import { itemEvent, jobKind, phase, runStatus, type JobEvent, type JobEventOf } from './job.ts';
import { jobNote, noteIn } from './kept/job-note.ts';
import { planSummary } from './plan.ts';
import { totals, TROUBLE, ZERO_TOTALS } from './outcome.ts';

/** How many finished items the live list keeps, newest first; the report has all of them. */
export const RECENT_ITEMS = 200;
/** How many items of trouble a snapshot carries; the report has all of them. */
export const TROUBLE_ITEMS = 1000;

/** A run as the window shows it: the fold of its events. */
export const runSnapshot = z.strictObject({
  runId: z.string(),
  /** Null before it has begun. */
  job: jobKind.nullable(),
  server: z.string(),
  calendar: z.string(),
  ...jobNote.shape,
  /** Null while the run is going on. */
  status: runStatus.nullable(),
  phase: z.strictObject({ name: phase, done: z.int(), of: z.int().nullable() }).nullable(),
  summary: planSummary.nullable(),
  totals,
  /** Items with an outcome. */
  done: z.int(),
  /** Those and the ones that were written and wait to be read back; never falls while the run goes on. */
  reached: z.int(),
  verified: z.int(),
  /** Read back and not equal in meaning, or not there. */
  differing: z.int(),
  /** Not read back: what the server has of them is not known. */
  unread: z.int(),
  paused: z.boolean(),
  waiting: z
    .array(z.strictObject({ row: z.int().nullable(), title: z.string(), reason: z.string(), seconds: z.number() }))
    .readonly(),
  recent: z.array(itemEvent).readonly(),
  trouble: z.array(itemEvent).readonly(),
  pace: z.strictObject({ connections: z.int(), because: z.string(), at: z.string() }).nullable(),
  problems: z.array(failure).readonly(),
});
export type RunSnapshot = z.infer<typeof runSnapshot>;

export const EMPTY_SNAPSHOT: RunSnapshot = {
  runId: '',
  job: null,
  server: '',
  calendar: '',
  status: null,
  phase: null,
  summary: null,
  totals: ZERO_TOTALS,
  done: 0,
  reached: 0,
  verified: 0,
  differing: 0,
  unread: 0,
  paused: false,
  waiting: [],
  recent: [],
  trouble: [],
  pace: null,
  problems: [],
};

/** Folds a batch of events into a snapshot. Pure; one pass per batch, so that 100,000 events stay cheap. */
export function foldEvents(before: RunSnapshot, events: readonly JobEvent[]): RunSnapshot {
  const items = events.filter(
    (event): event is JobEventOf<'item'> => event.kind === 'item' && event.outcome !== 'planned',
  );
  const next = events.reduce(foldOne, before);
  if (items.length === 0) return next;
  const counted = foldItems(next, items);
  // The end of a run brings all its totals: items of the same batch are in them already.
  const end = events.find((event) => event.kind === 'settled');
  return end === undefined ? counted : { ...counted, totals: end.totals };
}

function foldItems(snapshot: RunSnapshot, items: readonly JobEventOf<'item'>[]): RunSnapshot {
  const counts = { ...snapshot.totals };
  const finished = new Set<number>();
  const trouble: JobEventOf<'item'>[] = [];
  for (const item of items) {
    if (item.outcome === 'planned') continue;
    counts[item.outcome] += 1;
    finished.add(item.row);
    if (TROUBLE.includes(item.outcome)) trouble.push(item);
  }
  return {
    ...snapshot,
    totals: counts,
    done: snapshot.done + items.length,
    reached: Math.max(snapshot.reached, snapshot.done + items.length),
    // The first row is written when the calendar is there.
    waiting: snapshot.waiting.filter(({ row }) => row !== null && !finished.has(row)),
    recent: [...items.slice(-RECENT_ITEMS).reverse(), ...snapshot.recent].slice(0, RECENT_ITEMS),
    trouble: trouble.length === 0 ? snapshot.trouble : [...snapshot.trouble, ...trouble].slice(0, TROUBLE_ITEMS),
  };
}

/** Rows of the plan that the writing has behind it: all but those that are still to be sent. */
function reachedBy({ summary }: RunSnapshot, { phase, done, of }: JobEventOf<'phase'>): number {
  if (phase !== 'writing' || of === null || summary === null) return 0;
  return Object.values(summary.counts).reduce((sum, count) => sum + count, 0) - of + done;
}

function foldOne(snapshot: RunSnapshot, event: JobEvent): RunSnapshot {
  switch (event.kind) {
    case 'started':
      return {
        ...EMPTY_SNAPSHOT,
        runId: event.runId,
        job: event.job,
        server: event.server,
        calendar: event.calendar,
        ...noteIn(event),
      };
    case 'phase':
      return {
        ...snapshot,
        phase: { name: event.phase, done: event.done, of: event.of },
        reached: Math.max(snapshot.reached, reachedBy(snapshot, event)),
      };
    case 'plan':
      return { ...snapshot, summary: event.summary };
    case 'item':
      return snapshot;
    case 'verified': {
      const equal = event.verdict === 'same' || event.verdict === 'rewritten';
      return {
        ...snapshot,
        verified: snapshot.verified + (equal ? 1 : 0),
        differing: snapshot.differing + (equal || event.verdict === 'unreadable' ? 0 : 1),
        unread: snapshot.unread + (event.verdict === 'unreadable' ? 1 : 0),
      };
    }
    case 'waiting': {
      const others = snapshot.waiting.filter((entry) => entry.row !== event.row);
      return {
        ...snapshot,
        waiting: [...others, { row: event.row, title: event.title, reason: event.reason, seconds: event.seconds }],
      };
    }
    case 'pace':
      return { ...snapshot, pace: { connections: event.connections, because: event.because, at: event.at } };
    case 'paused':
      return { ...snapshot, paused: event.paused };
    case 'problem':
      return { ...snapshot, problems: [...snapshot.problems, event.failure] };
    case 'settled':
      return {
        ...snapshot,
        status: event.status,
        totals: event.totals,
        verified: event.verified,
        waiting: [],
        phase: null,
      };
  }
}
