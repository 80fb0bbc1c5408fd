import { readFile } from 'node:fs/promises';
import { auditLine, type AuditLine, type AuditTrouble, type AuditVerdict } from '../../../shared/model/kept/audit.ts';
import { parseKept } from '../run/kept/kept.ts';
import { tryJson } from '../run/kept/sealed-lines.ts';
import { auditPath, hashOfLine } from './write.ts';

export interface ReadAudit {
  /** Of the file. */
  readonly path: string;
  /** Oldest first. */
  readonly lines: readonly AuditLine[];
  /** What cannot be read, a torn last line too; a torn one that the next names is none of it. */
  readonly troubles: readonly AuditTrouble[];
}

export interface AuditFilter {
  /** Only what was noted at this moment or later. */
  readonly since?: Date | undefined;
  readonly what?: AuditLine['what'] | undefined;
  /** Of this run or batch, of the runs of this batch, and of what undid it or tried it again. */
  readonly run?: string | undefined;
  readonly ticket?: string | undefined;
}

/** The audit of a folder of runs; empty where there is none. */
export async function readAudit(runsDir: string, filter: AuditFilter = {}): Promise<ReadAudit> {
  const lines: AuditLine[] = [];
  const troubles: AuditTrouble[] = [];
  for (const { line, n, torn } of walk(await textOf(runsDir))) {
    if (line !== null) lines.push(line);
    else if (torn !== 'named') troubles.push({ line: n, reason: torn === null ? UNREADABLE : TORN });
  }
  return { path: auditPath(runsDir), lines: filtered(lines, filter), troubles };
}

/** A ticket stands in the consent; what came of that consent belongs to it. */
function filtered(lines: readonly AuditLine[], { since, what, run, ticket }: AuditFilter): readonly AuditLine[] {
  const tickets = new Set(lines.flatMap((line) => ('ticket' in line && line.ticket === ticket ? [line.id] : [])));
  return lines.filter(
    (line) =>
      (since === undefined || new Date(line.at) >= since) &&
      (what === undefined || line.what === what) &&
      (run === undefined || namesOf(line).includes(run)) &&
      (ticket === undefined || namesOf(line).some((name) => tickets.has(name))),
  );
}

/** The runs and batches that a line is about. */
function namesOf(line: AuditLine): readonly string[] {
  const names = 'names' in line ? line.names : [];
  const id = 'id' in line ? [line.id] : [];
  const batch = 'batch' in line && line.batch !== undefined ? [line.batch] : [];
  const of = 'of' in line && line.of !== undefined ? [line.of] : [];
  return [...id, ...batch, ...of, ...names];
}

const UNREADABLE = 'It cannot be read.';
const TORN = 'A crash tore it, and nothing was noted since. What it was to say is lost.';

/**
 * Holds each line against the hash of the one before it: a line that was changed, taken out or put in shows.
 *
 * @param anchor hash of a line that was once the last one; where no line has it, the audit was cut off or made anew
 */
export async function verifyAudit(runsDir: string, anchor: string | null = null): Promise<AuditVerdict> {
  const troubles: AuditTrouble[] = [];
  let last: string | null = null;
  const tears: AuditVerdict['torn'][number][] = [];
  let lines = 0;
  let anchored = anchor === null;
  for (const { line, n, bytes, torn } of walk(await textOf(runsDir))) {
    if (torn === null) lines += 1;
    if (torn !== null) tears.push({ line: n, named: torn === 'named' });
    else if (line === null) troubles.push({ line: n, reason: UNREADABLE });
    else if (line.prev !== last) troubles.push({ line: n, reason: n === 1 ? BEFORE_FIRST : NOT_AFTER });
    last = hashOfLine(bytes);
    anchored ||= last === anchor;
  }
  if (!anchored) troubles.push({ line: lines + tears.length, reason: NO_ANCHOR });
  return { path: auditPath(runsDir), lines, last, sound: troubles.length === 0, torn: tears, troubles };
}

const BEFORE_FIRST = 'Lines before it are missing.';
const NOT_AFTER = 'The line before it was changed, or lines between them were taken out or put in.';
const NO_ANCHOR = 'No line has the hash that was named: the audit was cut off, or is another one.';

interface Walked {
  /** 1-based. */
  readonly n: number;
  readonly bytes: Buffer;
  /** Null where it cannot be read. */
  readonly line: AuditLine | null;
  /** A crash tore it: the next line says so, or nothing was written since. Null: none did. */
  readonly torn: 'named' | 'last' | null;
}

const LF = 0x0a;

function* walk(text: Buffer): Generator<Walked> {
  let at = 0;
  for (let n = 1; at < text.length; n += 1) {
    const found = text.indexOf(LF, at);
    const end = found === -1 ? text.length : found;
    const bytes = text.subarray(at, end);
    const line = found === -1 ? null : lineIn(bytes);
    at = end + 1;
    const isNamed = line === null && isMended(text, at, bytes.length);
    yield { n, bytes, line, torn: found === -1 ? 'last' : isNamed ? 'named' : null };
  }
}

function lineIn(bytes: Buffer): AuditLine | null {
  const value = tryJson(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return null;
  const { v: _version, ...line } = value;
  return parseKept(auditLine, line);
}

/** The line that begins there says that the one before it is torn, after so many octets. */
function isMended(text: Buffer, at: number, octets: number): boolean {
  const end = text.indexOf(LF, at);
  const next = end === -1 ? null : lineIn(text.subarray(at, end));
  return next?.what === 'mended' && next.octets === octets;
}

async function textOf(runsDir: string): Promise<Buffer> {
  try {
    return await readFile(auditPath(runsDir));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
