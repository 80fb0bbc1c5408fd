import type { Fault } from '../../electron/practice/index.ts';

/** What is asked of the server when the fault strikes. */
export const OPERATIONS = ['create', 'update', 'delete'] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * What must become of a job of three rows one of which meets a fault:
 * - `done`: all three are done and verified, as if nothing had happened
 * - `failed`: that row failed and the others are done; a retry does it
 * - `unknown`: that row may have notified people although nothing was stored, so it is not sent again; a retry does it
 * - `conflict`: that row is left to a person, the others are done
 * - `stopped`: nothing more is sent; a resume does the rest
 */
export type Fate = 'done' | 'failed' | 'unknown' | 'conflict' | 'stopped';

export interface FaultCase {
  readonly name: string;
  readonly fault: Omit<Fault, 'method'>;
  readonly fate: Fate | Readonly<Record<Operation, Fate>>;
}

/** Faults of one write; each hits once. */
export const WRITE_FAULTS: readonly FaultCase[] = [
  { name: '400', fault: { status: 400 }, fate: 'failed' },
  { name: '401', fault: { status: 401 }, fate: 'stopped' },
  { name: '403', fault: { status: 403 }, fate: 'failed' },
  { name: '404', fault: { status: 404 }, fate: 'failed' },
  { name: '405', fault: { status: 405 }, fate: 'stopped' },
  { name: '408', fault: { status: 408 }, fate: 'done' },
  { name: '409', fault: { status: 409 }, fate: 'failed' },
  { name: '410', fault: { status: 410 }, fate: 'failed' },
  { name: '412', fault: { status: 412 }, fate: 'conflict' },
  { name: '413', fault: { status: 413 }, fate: 'failed' },
  { name: '415', fault: { status: 415 }, fate: 'failed' },
  { name: '423', fault: { status: 423 }, fate: 'done' },
  { name: '429', fault: { status: 429 }, fate: 'done' },
  { name: '429 with Retry-After', fault: { status: 429, retryAfter: 1 }, fate: 'done' },
  { name: '429 with a Retry-After of a day', fault: { status: 429, retryAfter: 86_400 }, fate: 'stopped' },
  { name: '500', fault: { status: 500 }, fate: 'unknown' },
  { name: '501', fault: { status: 501 }, fate: 'stopped' },
  { name: '502', fault: { status: 502 }, fate: 'unknown' },
  { name: '503', fault: { status: 503 }, fate: 'done' },
  { name: '503 with Retry-After', fault: { status: 503, retryAfter: 1 }, fate: 'done' },
  {
    name: '503 with a Retry-After that is a date',
    fault: { status: 503, retryAfter: 'Thu, 01 Jan 2026 00:00:00 GMT' },
    fate: 'done',
  },
  { name: '504', fault: { status: 504 }, fate: 'unknown' },
  { name: '507', fault: { status: 507 }, fate: 'stopped' },
  { name: 'a late answer', fault: { delayMs: 400 }, fate: 'done' },
  { name: 'a cut before it is applied', fault: { cut: 'before' }, fate: 'unknown' },
  { name: 'a cut after it is applied', fault: { cut: 'after' }, fate: 'done' },
  { name: 'an answer cut in the middle', fault: { cut: 'body' }, fate: 'done' },
  { name: 'a 500 that says quota in words', fault: { status: 500, body: 'over quota' }, fate: 'unknown' },
  {
    name: 'a 403 in XML that the calendar is full',
    fault: { status: 403, body: error('D:quota-not-exceeded') },
    fate: 'stopped',
  },
  {
    name: 'a 409 in XML that the UID is elsewhere',
    fault: { status: 409, body: error('C:no-uid-conflict') },
    fate: { create: 'conflict', update: 'conflict', delete: 'conflict' },
  },
];

function error(element: string): string {
  return `<?xml version="1.0"?><D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><${element}/></D:error>`;
}

interface ReadFault {
  readonly name: string;
  readonly operation: Operation;
  readonly faults: readonly Fault[];
  /** Exit code, and the buckets of the end. */
  readonly code: number;
  readonly totals: Readonly<Record<string, number>>;
  /** Rows read back and equal. */
  readonly verified: number;
}

const once = (method: string, over: Fault = {}): readonly Fault[] => [{ method, ...over }];

/** Faults of reads: before the plan, before an overwrite, and when what was written is read back. */
export const READ_FAULTS: readonly ReadFault[] = [
  {
    name: 'a PROPFIND cut in the middle',
    operation: 'create',
    faults: once('PROPFIND', { cut: 'body' }),
    code: 0,
    totals: { created: 3 },
    verified: 3,
  },
  {
    name: 'the second PROPFIND cut',
    operation: 'create',
    faults: once('PROPFIND', { cut: 'before', after: 1 }),
    code: 0,
    totals: { created: 3 },
    verified: 3,
  },
  {
    name: 'the listing cut in the middle',
    operation: 'update',
    faults: once('REPORT', { cut: 'body' }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'the listing refused with 503',
    operation: 'update',
    faults: once('REPORT', { status: 503 }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'the listing failing with 500',
    operation: 'update',
    faults: once('REPORT', { status: 500 }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'an original cut in the middle',
    operation: 'update',
    faults: once('GET', { cut: 'body' }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'an original that cannot be read',
    operation: 'update',
    faults: once('GET', { status: 403 }),
    code: 1,
    totals: { updated: 2, failed: 1 },
    verified: 2,
  },
  {
    name: 'an original that is gone',
    operation: 'update',
    faults: once('GET', { status: 404 }),
    code: 1,
    totals: { updated: 2, conflict: 1 },
    verified: 2,
  },
  {
    name: 'the reading back cut in the middle',
    operation: 'update',
    faults: once('REPORT', { cut: 'body', after: 1 }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'the reading back failing with 500',
    operation: 'update',
    faults: once('REPORT', { status: 500, after: 1 }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'the reading back not offered',
    operation: 'update',
    faults: once('REPORT', { status: 501, after: 1 }),
    code: 0,
    totals: { updated: 3 },
    verified: 3,
  },
  {
    name: 'nothing that can be read back',
    operation: 'create',
    faults: [
      { method: 'REPORT', status: 403, after: 0, count: 0 },
      { method: 'GET', status: 403, count: 0 },
    ],
    // Whether the first meeting told somebody cannot be seen, so no other follows it.
    code: 3,
    totals: { created: 1, cancelled: 2 },
    verified: 0,
  },
  {
    name: 'no answer to OPTIONS',
    operation: 'create',
    faults: [{ method: 'OPTIONS', status: 500, count: 0 }],
    code: 2,
    totals: {},
    verified: 0,
  },
];
