import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Who holds a lock. What an earlier version wrote has `pid` and `began` only, and was on this host. */
const holder = z.object({
  pid: z.int(),
  /** When the process began, where the system says it: a process id alone may have been given to another one. */
  began: z.string().nullable(),
  host: z.string().nullable().default(null),
  /** The start of the system, and the room in which process ids count: two containers have two. Null where none is said. */
  space: z.string().nullable().default(null),
  /** Tells two locks of one process apart. */
  token: z.string().default(''),
});
export type Holder = z.infer<typeof holder>;

/** This process, as a holder. */
export function here(): Holder {
  return {
    pid: process.pid,
    began: beganAt(process.pid),
    host: hostname(),
    space: spaceOf(),
    token: randomBytes(8).toString('hex'),
  };
}

/** Null for what is no lock of ours. */
export function holderIn(text: string): Holder | null {
  try {
    return holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether it lives; null where this system cannot tell: it runs, or ran, somewhere else. */
export function isAlive({ pid, began, host, space }: Holder): boolean | null {
  if (host !== null && (host !== hostname() || space !== spaceOf())) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is alive and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return began === null || beganAt(pid) === began;
}

/** Null on systems that do not say it; there a host has one room of processes, and process ids count by themselves. */
function spaceOf(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/** Start time in clock ticks since boot: field 22 of /proc/PID/stat, counted after the name in parentheses. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return (
      stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .at(19) ?? null
    );
  } catch {
    return null;
  }
}
