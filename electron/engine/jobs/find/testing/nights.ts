import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEngine } from '../../../engine.ts';
import type { Engine } from '../../../engine.ts';

/** A folder for backups, and an engine. */
export interface Nights {
  readonly folder: string;
  readonly tempDir: string;
  readonly engine: Engine;
  /** Writes a file, as if it had been changed at noon (UTC) of a day; gives its path. */
  put(name: string, content: string | Buffer, day?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openNights(): Promise<Nights> {
  const root = await mkdtemp(join(tmpdir(), 'hushcal-find-'));
  const [folder, tempDir] = [join(root, 'backups'), join(root, 'temp')];
  await mkdir(folder);
  return {
    folder,
    tempDir,
    engine: createEngine({ runsDir: join(root, 'runs'), tempDir, now: () => new Date() }),
    async put(name, content, day = '2026-11-01') {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      const at = new Date(`${day}T12:00:00Z`);
      await utimes(path, at, at);
      return path;
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** A calendar of events; each is its lines without BEGIN, DTSTAMP and END. */
export function night(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((own) => [
    'BEGIN:VEVENT',
    'DTSTAMP:20261101T080000Z',
    ...(own.some((line) => line.startsWith('DTSTART')) ? [] : ['DTSTART:20261201T100000Z']),
    ...own,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tests//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
