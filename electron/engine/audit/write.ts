import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuditBy, AuditEntry } from '../../../shared/model/kept/audit.ts';
import { HushError, isDiskTrouble, toFailure } from '../../../shared/model/failure.ts';
import { syncFolder } from '../../durably.ts';
import { lockRun, type RunLock } from '../run/kept/lock.ts';
import type { EnginePorts } from '../types.ts';

/** What the audit needs to be written. */
export type AuditPorts = Pick<EnginePorts, 'runsDir' | 'now' | 'operator'>;

export function auditPath(runsDir: string): string {
  return join(runsDir, 'audit.jsonl');
}

export function hashOfLine(line: Buffer | string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** What this process has still to write, by folder: lines go out in the order in which they were given. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Adds one line to the audit; it is on the disk when this resolves. Whoever begins something waits for it.
 *
 * @throws HushError `AUDIT_NOT_WRITTEN`: then nothing may be begun
 */
export function noteAudit(ports: AuditPorts, entry: AuditEntry): Promise<void> {
  const { runsDir } = ports;
  const mine = (queues.get(runsDir) ?? Promise.resolve()).then(() => write(ports, entry));
  const after = mine.catch(() => undefined);
  queues.set(runsDir, after);
  void after.then(() => {
    if (queues.get(runsDir) === after) queues.delete(runsDir);
  });
  return mine;
}

async function write(ports: AuditPorts, entry: AuditEntry): Promise<void> {
  const { runsDir } = ports;
  try {
    // Where something ends, a folder that went meanwhile is not made again.
    if (entry.what !== 'end' && entry.what !== 'stop') await mkdir(runsDir, { recursive: true, mode: 0o700 });
    const lock = await lockAudit(runsDir);
    try {
      await append(ports, entry);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw notWritten(auditPath(runsDir), error);
  }
}

async function append(ports: AuditPorts, entry: AuditEntry): Promise<void> {
  const { runsDir } = ports;
  const file = await open(auditPath(runsDir), 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const tail = await lastLine(file, size);
    let text = '';
    let prev = tail === null ? null : hashOfLine(tail.bytes);
    const add = (one: AuditEntry): void => {
      const line = lineOf(ports, one, prev);
      prev = hashOfLine(line);
      text += `${line}\n`;
    };
    if (tail?.whole === false) {
      text = '\n';
      add({ what: 'mended', octets: tail.bytes.length });
    }
    add(entry);
    // In one write: a reader sees whole lines, and so does a process that adds to it from another computer.
    await file.appendFile(text);
    await file.sync();
    if (size === 0) await syncFolder(runsDir);
  } finally {
    await file.close();
  }
}

function lineOf({ now, operator }: AuditPorts, { what, ...more }: AuditEntry, prev: string | null): string {
  const nobody: AuditBy = { user: null, uid: null, host: null, tool: null, version: null };
  const frame = { v: 1, kind: 'audit', what, at: now().toISOString(), by: operator ?? nobody };
  return JSON.stringify({ ...frame, ...more, prev });
}

const LF = 0x0a;
/** Octets that are read at a time: a line is rarely longer. */
const PIECE = 16 * 1024;

/** The last line; null where there is none. Not `whole`: a crash tore it. */
async function lastLine(
  file: FileHandle,
  size: number,
): Promise<{ readonly bytes: Buffer; readonly whole: boolean } | null> {
  for (let length = Math.min(PIECE, size); length > 0; length = Math.min(length * 4, size)) {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const whole = buffer[length - 1] === LF;
    const end = whole ? length - 1 : length;
    const before = end === 0 ? -1 : buffer.lastIndexOf(LF, end - 1);
    if (before !== -1 || length === size) return { bytes: buffer.subarray(before + 1, end), whole };
  }
  return null;
}

/** Milliseconds between two looks at the lock, and how many there are: a line is written in a few milliseconds. */
const LOOK = 10;
const LOOKS = 1_000;

/** One process adds a line at a time, or two lines would follow the same one. */
async function lockAudit(runsDir: string): Promise<RunLock> {
  const folder = join(runsDir, 'audit.lock');
  if (!existsSync(folder)) makeOnce(folder);
  for (let look = 1; ; look += 1) {
    try {
      return lockRun(folder);
    } catch (error) {
      if (look === LOOKS || !(error instanceof HushError)) throw error;
      await wait(LOOK);
    }
  }
}

/** Not with the folders above it: one that was removed stays removed. */
function makeOnce(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}

function notWritten(path: string, cause: unknown): HushError {
  if (cause instanceof HushError && cause.failure.code === 'AUDIT_NOT_WRITTEN') return cause;
  const failure = toFailure(cause);
  const why = isDiskTrouble(failure) ? failure.message : `${path}: ${failure.message}`;
  return new HushError(
    {
      code: 'AUDIT_NOT_WRITTEN',
      message: `The audit could not be written, and without it nothing is begun. ${why}`,
      reaction: 'stop-job',
    },
    { cause },
  );
}
