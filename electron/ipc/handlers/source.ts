import { mkdir, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { SourceSet } from '../../../shared/ipc/contract.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Ports } from '../ports.ts';
import type { HandleStore } from '../handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';

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
  { desktop, practice, tempDir }: Pick<Ports, 'desktop' | 'practice' | 'tempDir'>,
  take: TakeSource,
): HandlersOf<'source'> {
  return {
    'source.choose': async ({ what }) => {
      const paths = await desktop.choosePaths(what);
      return paths === null || paths.length === 0 ? null : take(paths);
    },
    'source.drop': ({ paths }) => {
      if (paths.every((path) => isAbsolute(path))) return take(paths);
      throw notAFile();
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

export function notAFile(): HushError {
  return new HushError({
    code: 'SOURCE_NO_PATH',
    message: 'What was dropped is not a file on this computer. Save it first, then drop the file.',
    reaction: 'fix-input',
  });
}
