import { z } from 'zod';
import { failure } from '../../../shared/model/failure.ts';
import { outcome } from '../../../shared/model/outcome.ts';
import { jobEvent, restoreSpec, runSpec, runStatus, type RunSpec } from '../../../shared/model/job.ts';
import type { ETag } from '../caldav/types.ts';
import { FORMAT } from './kept/format.ts';
import { planRow, planSummary } from '../../../shared/model/plan.ts';

/*
 * What a run folder holds. Everything is written before the first request leaves, so that a resume needs neither the
 * sources nor the memory of the first process:
 *
 *   run.json        what was asked, of whom, and the plan in numbers
 *   plan.jsonl      one step a line, in order
 *   bodies.pack     the exact octets that were consented to, one after the other
 *   originals.pack  what was overwritten or deleted, durable before it was
 *   journal.jsonl   intents before, outcomes after
 *   result.json     the end, once there is one
 *   note.json       ticket and note, which may change at any time and are part of nothing else
 *   lock.N          the process that runs it
 *
 * Each carries checksums (see seal.ts, sealed-lines.ts), which are checked wherever it is read.
 */

/** Octets of a pack file. */
const slice = z.object({
  at: z.int().min(0),
  length: z.int().min(0),
  /** Hex SHA-256, checked at each read; what an earlier version wrote has none. */
  sha256: z.string().optional(),
});
export type Slice = z.infer<typeof slice>;

const anyHead = z.object({
  formatVersion: z.literal(FORMAT),
  runId: z.string(),
  startedAt: z.string(),
  /** Shown names. */
  server: z.string(),
  calendar: z.string(),
  /** The run that this one undoes or tries again. */
  parent: z.string().nullable(),
  /** The batch that this run is one calendar of. */
  batch: z.string().optional(),
  /** The account of the computer that ran it. */
  operator: z.string().optional(),
  hash: z.string(),
  summary: planSummary,
  /** Lines of plan.jsonl; what an earlier version wrote does not say. */
  steps: z.int().optional(),
});

// As it is kept: what an earlier version wrote besides does no harm and is left out.
const keptRunSpec = z.object(runSpec.shape);
const keptRestoreSpec = z.object(restoreSpec.shape);

/** `spec`: what was asked; for an undo or a retry the parent's, with this run's own mode. Never a secret. */
export const runHead = z.discriminatedUnion('job', [
  anyHead.extend({ job: z.enum(['restore', 'retry', 'migrate']), spec: keptRestoreSpec }),
  anyHead.extend({ job: z.enum(['undo', 'cleanup', 'announce']), spec: keptRunSpec }),
]);
export type RunHead = z.infer<typeof runHead>;

/** The part of a spec that every run has, for a run of another job. */
export function runPartOf(spec: RunSpec): RunSpec {
  return keptRunSpec.parse(spec);
}

/** Names of the backups that a run was made from. */
export function sourcesOf({ spec }: Pick<RunHead, 'spec'>): readonly string[] {
  return 'sources' in spec ? spec.sources : [];
}

/** An ETag in a run folder: it came from the server, was kept as text, and goes back to the server unchanged. */
const keptETag = z.string().transform((text) => text as ETag);

export const runStep = z.object({
  row: planRow,
  etag: keptETag.nullable(),
  /** Digest (see meaning.ts) of the text that is sent; for a delete of the text that is expected there. */
  meaning: z.string(),
  /** In bodies.pack; null when nothing is sent. */
  body: slice.nullable(),
  /** Href in the trash bin of what the server may remove for good when a new event is stored. */
  dropped: z.string().optional(),
  /** It is sent when this row has ended well. Not `after`: that belongs to the line that the step stands in. */
  waitsFor: z.int().optional(),
  /** Href in the trash bin of what is taken back out of it. */
  trash: z.string().optional(),
  /** What is deleted stays out of the trash bin. */
  forGood: z.literal(true).optional(),
  /** Its line in the plan is damaged: what it was is not known, and nothing is sent for it. */
  damaged: z.literal(true).optional(),
});
export type RunStep = z.infer<typeof runStep>;

const itemOutcome = z.object({
  outcome,
  reason: z.string(),
  status: z.int().nullable(),
  href: z.string().nullable(),
  etag: z.string().nullable(),
  ms: z.number().nullable(),
});
export type ItemOutcome = z.infer<typeof itemOutcome>;

/** What one write came to. `stop`: nothing was done, and nothing more can be done in this run. */
export type Written =
  | { readonly kind: 'applied'; readonly outcome: ItemOutcome }
  | { readonly kind: 'final'; readonly outcome: ItemOutcome }
  | { readonly kind: 'left'; readonly unknown: boolean; readonly reason: string }
  | { readonly kind: 'stop'; readonly status: number; readonly message: string };

const verdictWord = jobEvent.options[4].shape.verdict;
export type VerdictWord = z.infer<typeof verdictWord>;

/**
 * Records of the journal. `intent` is durable before the request of its row leaves; `original` before the intent.
 * `applied` is the answer to a write, `final` the row's one outcome after it was read back.
 */
export const journalRecord = z.discriminatedUnion('k', [
  /** `head`: checksum of run.json. */
  z.object({
    k: z.literal('open'),
    v: z.literal(1),
    runId: z.string(),
    hash: z.string(),
    head: z.string().optional(),
    at: z.string(),
  }),
  z.object({ k: z.literal('resumed'), at: z.string() }),
  /** The calendar of the run is about to be made; durable before the request leaves. */
  z.object({ k: z.literal('making'), url: z.string() }),
  /** It is there. `notSet`: what the server did not take of its description; `adjusted`: what it took and changed. */
  z.object({
    k: z.literal('made'),
    url: z.string(),
    notSet: z.array(z.string()),
    adjusted: z.array(z.string()).optional(),
  }),
  /** The scheduling of the calendar is about to be switched off; `former` is the value that goes back at the end. */
  z.object({ k: z.literal('switching'), former: z.string().nullable() }),
  /** `former` once more, so that one damaged line does not lose it. */
  z.object({ k: z.literal('switched'), former: z.string().nullable().optional() }),
  z.object({ k: z.literal('switched-back') }),
  z.object({ k: z.literal('original'), row: z.int(), body: slice, etag: keptETag.nullable() }),
  z.object({ k: z.literal('intent'), rows: z.array(z.int()) }),
  /** Intended, and by a stop not sent after all. */
  z.object({ k: z.literal('withdrawn'), rows: z.array(z.int()) }),
  /** Of an announcement: the event was taken out silently; it is put again, and its guests are told. Durable before that. */
  z.object({ k: z.literal('telling'), row: z.int() }),
  /** The server refused to take it again so: it is put back silently, nobody was told. Durable before that. */
  z.object({ k: z.literal('refused'), row: z.int(), reason: z.string() }),
  /** It left, no answer says what it did, and it may have notified people: it is never sent again. */
  z.object({ k: z.literal('lost'), row: z.int() }),
  z.object({ k: z.literal('applied'), row: z.int(), ...itemOutcome.shape }),
  z.object({
    k: z.literal('verified'),
    row: z.int(),
    verdict: verdictWord,
    properties: z.array(z.string()),
    etag: z.string().nullable(),
  }),
  z.object({ k: z.literal('final'), row: z.int(), ...itemOutcome.shape }),
  /** What concerns the run as a whole and must outlive the process: known before the run ends. */
  z.object({ k: z.literal('problem'), failure }),
  /** `problems`: what concerned the run as a whole, above all why it stopped. */
  z.object({ k: z.literal('settled'), status: runStatus, at: z.string(), problems: z.array(failure) }),
]);
export type JournalRecord = z.infer<typeof journalRecord>;
