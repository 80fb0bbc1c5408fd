import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SourceSet } from '../../../shared/ipc/contract.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Ports } from '../ports.ts';
import type { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/** The paths of one chosen set of files: known to the main process only. */
export type SourcePaths = readonly string[];

/** Makes paths the source of a restore: says what is in them, and keeps them. */
export type TakeSource = (paths: SourcePaths) => Promise<SourceSet>;

export function takesSources(
  { engine }: Pick<Ports, 'engine'>,
  sources: HandleStore<SourcePaths>,
  push: Push,
): TakeSource {
  return async (paths) => {
    const inspection = await engine.inspect(paths, (phase, done, of) => {
      push('plan.progress', { phase, done, of });
    });
    const calendars = await engine.countCalendars(paths);
    return { sourceId: sources.add(paths), names: paths.map((path) => basename(path)), calendars, inspection };
  };
}

export function sourceHandlers(
  {
    desktop,
    drops,
    practice,
    tempDir,
    opened,
    recents,
  }: Pick<Ports, 'desktop' | 'drops' | 'practice' | 'tempDir' | 'opened' | 'recents'>,
  take: TakeSource,
): HandlersOf<'source'> {
  /** What a person opens is in the list of what was opened last, once it could be read. */
  const open = async (paths: SourcePaths): Promise<SourceSet> => {
    const source = await take(paths);
    // A list that cannot be kept stops nobody.
    await recents.noteBackup(paths).catch(() => undefined);
    return source;
  };
  return {
    'source.choose': async ({ what }) => {
      const paths = await desktop.choosePaths(what);
      return paths === null || paths.length === 0 ? null : open(paths);
    },
    'source.drop': ({ paths }) => {
      drops.check(paths);
      return open(paths);
    },
    'source.waiting': async () => ({ names: (await opened(false)).map((path) => basename(path)) }),
    'source.opened': async () => {
      const paths = await opened(true);
      if (paths.length === 0) return null;
      const found = await take(paths);
      if (found.inspection.resources > 0) return found;
      throw noCalendar(found.names);
    },
    'source.put_aside': async () => {
      await opened(true);
      return {};
    },
    'source.sample': async () => {
      const { name, text } = practice.sampleBackup();
      // Where it lies is shown beside each line that is named.
      const folder = join(tempDir, 'sample');
      await mkdir(folder, { recursive: true });
      const path = join(folder, basename(name));
      await writeFile(path, text);
      return take([path]);
    },
  };
}

/** A desktop opens whatever a person says; a file without an event is no backup to start with. */
function noCalendar(names: readonly string[]): HushError {
  const [first = '', ...more] = names;
  const what =
    more.length === 0
      ? `"${first}" is not a calendar file`
      : `None of these ${formatNumber(names.length)} files is a calendar`;
  return new HushError({
    code: 'EMPTY_SOURCE',
    message: `${what}: nothing in it could be restored. Choose a backup: an .ics file, a folder or an archive of them.`,
    reaction: 'fix-input',
  });
}
