import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURE_CODES } from '../../shared/model/failure-codes.ts';
import { toFailure } from '../../shared/model/failure.ts';

/** Lines that are kept, and that a bundle holds. */
const LINES = 500;
/** Octets at which the file is cut to its last lines. */
const LARGEST = 200_000;

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** A part of the program, a route or a command. */
const WHERE = /^(?:app|uncaught|[a-z]+\.[a-z_-]+)$/;
/** Besides codes: what began or ended, a version, a kind of error, a place in the program. */
const WORD = /^(?:started|ended|\d+(?:\.\d+)*|[A-Z][A-Za-z]*Error|[\w-]+(?:\.[\w-]+)*\.[cm]?[jt]sx?:\d+:\d+)$/;
const CODES: ReadonlySet<string> = new Set(FAILURE_CODES);

/** Whether a line is a moment, a place and words of ours, and so holds nothing that anybody wrote. */
function isOurs(line: string): boolean {
  const [moment = '', where = '', ...words] = line.split(' ');
  return MOMENT.test(moment) && WHERE.test(where) && words.every((word) => CODES.has(word) || WORD.test(word));
}

/** What happened, without anything that a person or a server wrote. */
export interface Log {
  /** @param where a route, a command or a part of the program */
  note(where: string, ...words: readonly string[]): void;
  /** What was refused or went wrong: its code, never its sentence, which may name people. */
  failed(where: string, thrown: unknown): void;
}

export const NO_LOG: Log = { note: () => undefined, failed: () => undefined };

/**
 * The log of this account, `log.txt` in the folder of its data. A log that cannot be written stops nothing, and no folder is made
 * for it.
 */
export function openLog(userData: string, now: () => Date = () => new Date()): Log {
  const path = pathOf(userData);
  const note = (where: string, ...words: readonly string[]): void => {
    const line = [now().toISOString(), where, ...words].join(' ');
    if (!isOurs(line)) return;
    try {
      cut(path);
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    } catch {
      // As said above.
    }
  };
  return {
    note,
    failed: (where, thrown) => {
      const { code } = toFailure(thrown);
      note(where, code, ...(code === 'INTERNAL' ? [kindOf(thrown), ...placesIn(thrown)] : []));
    },
  };
}

/** The last lines that are of our making, and how many others there were, which stay where they are. */
export function readLog(userData: string): { readonly lines: readonly string[]; readonly others: number } {
  const all = read(pathOf(userData));
  const lines = all.filter(isOurs);
  return { lines: lines.slice(-LINES), others: all.length - lines.length };
}

function pathOf(userData: string): string {
  return join(userData, 'log.txt');
}

function read(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

function cut(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= LARGEST) return;
  writeFileSync(path, `${read(path).slice(-LINES).join('\n')}\n`, { mode: 0o600 });
}

function kindOf(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : 'Error';
  return /^[A-Z][A-Za-z]{0,40}Error$/.test(name) ? name : 'Error';
}

/** Where in the program it happened. Names of files alone: a path tells who is at the computer. */
function placesIn(thrown: unknown): readonly string[] {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n').slice(1) : [];
  return lines.slice(0, 6).flatMap((line) => {
    const place = (line.split(/[\s(/\\]/).at(-1) ?? '').replace(/\)$/, '');
    return WORD.test(place) ? [place] : [];
  });
}
