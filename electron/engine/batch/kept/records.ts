import { z } from 'zod';
import { batchKind, batchLimits, batchMember, batchSummary } from '../../../../shared/model/batch/batch.ts';
import { failure } from '../../../../shared/model/failure.ts';
import { runStatus } from '../../../../shared/model/job.ts';
import { keptLogin } from '../../../../shared/model/login.ts';
import { FORMAT } from '../../run/kept/format.ts';
import { totals } from '../../../../shared/model/outcome.ts';

/*
 * What a batch's folder holds, complete before the first of its runs begins:
 *
 *   batch.json      what was asked and consented to, and every member as it was planned
 *   journal.jsonl   which member became which run, and how that ended
 *   result.json     the end, once there is one
 *   note.json       ticket and note, which may change at any time and are part of nothing else
 *   lock.N          the process that runs it
 *
 * Each carries checksums, as the files of a run do (see run/types.ts).
 */

/** One member as it was consented to. */
const plannedMember = z.object({
  member: batchMember,
  stage: z.int(),
  origin: z.string(),
  login: keptLogin.nullable(),
  /** Events on the old side that could not be read. */
  unread: z.int().optional(),
});
export type PlannedMember = z.infer<typeof plannedMember>;

export const batchHead = z.object({
  formatVersion: z.literal(FORMAT),
  batchId: z.string(),
  kind: batchKind,
  startedAt: z.string(),
  /** The account of the computer that ran it. */
  operator: z.string().optional(),
  summary: batchSummary,
  limits: batchLimits,
  members: z.array(plannedMember).readonly(),
  /** What its kind makes the work of it from again; never a secret. */
  spec: z.unknown(),
});
export type BatchHead = z.infer<typeof batchHead>;

/**
 * `began` is durable before the run of that name exists; a member whose run does not exist was never begun. What a run
 * wrote stands in its own journal, never here.
 */
export const batchRecord = z.discriminatedUnion('k', [
  z.object({ k: z.literal('batch'), v: z.literal(1), batchId: z.string(), hash: z.string(), at: z.string() }),
  z.object({ k: z.literal('again'), at: z.string() }),
  z.object({ k: z.literal('began'), member: z.int(), runId: z.string(), at: z.string() }),
  /** Nothing more could be written; a resume tries again. `runId`: the run that is in the middle; null: it has none. */
  z.object({
    k: z.literal('held'),
    member: z.int(),
    runId: z.string().nullable(),
    failure,
    at: z.string(),
  }),
  z.object({
    k: z.literal('ended'),
    member: z.int(),
    runId: z.string(),
    status: runStatus,
    totals,
    verified: z.int(),
    failure: failure.nullable(),
    at: z.string(),
  }),
  z.object({ k: z.literal('paused'), paused: z.boolean(), at: z.string() }),
  /** `problems`: what concerned the batch as a whole. */
  z.object({ k: z.literal('finished'), status: runStatus, at: z.string(), problems: z.array(failure) }),
]);
export type BatchRecord = z.infer<typeof batchRecord>;
