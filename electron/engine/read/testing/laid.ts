import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { readSources } from '../read-sources.ts';
import type { Reading, ReadLimits } from '../types.ts';

/** A folder of its own for each test of a file, where sources are laid and read. */
interface Laid {
  /** The folder of the test that runs. */
  readonly dir: () => string;
  /** Lays a file, and the folders it lies in; gives its path. */
  readonly file: (name: string, content: string | Buffer) => string;
  readonly read: (paths: string[], limits?: Partial<ReadLimits>) => Promise<Reading>;
  /** Labels of the files read, from the folder on. */
  readonly labels: (reading: Reading) => string[];
}

export function useLaid(): Laid {
  const root = mkdtempSync(path.join(tmpdir(), 'hushcal-read-'));
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  let count = 0;
  const dir = (): string => path.join(root, String(count));
  beforeEach(() => {
    count += 1;
    mkdirSync(dir());
  });
  return {
    dir,
    file(name, content) {
      const full = path.join(dir(), name);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
    read: (paths, limits = {}) => readSources(paths, { spoolDir: path.join(root, `spool-${String(count)}`), limits }),
    labels: (reading) => reading.files.map((one) => path.relative(dir(), one.label)),
  };
}

/** The codes of what could not be read. */
export function codes(reading: Reading): string[] {
  return reading.problems.map((one) => one.code);
}

/** The smallest calendar with one event. */
export function event(title: string): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:${title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}
