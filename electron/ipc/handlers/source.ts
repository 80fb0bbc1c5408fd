import { mkdir, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { SourceSet } from '../../../shared/ipc/contract.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Ports } from '../ports.ts';
import type { Shelf } from '../shelf.ts';
import type { HandlersOf, Push } from '../types.ts';

/** The paths of one chosen set of files: known to the main process only. */
export type SourcePaths = readonly string[];

export function sourceHandlers(
  { engine, desktop, practice, tempDir }: Pick<Ports, 'engine' | 'desktop' | 'practice' | 'tempDir'>,
  sources: Shelf<SourcePaths>,
  push: Push,
): HandlersOf<'source'> {
  async function take(paths: SourcePaths): Promise<SourceSet> {
    const inspection = await engine.inspect(paths, (phase, done, of) => {
      push('plan.progress', { phase, done, of });
    });
    return { sourceId: sources.add(paths), names: paths.map((path) => basename(path)), inspection };
  }

  return {
    'source.choose': async ({ what }) => {
      const paths = await desktop.choosePaths(what);
      return paths === null || paths.length === 0 ? null : take(paths);
    },
    'source.drop': ({ paths }) => {
      if (paths.every((path) => isAbsolute(path))) return take(paths);
      throw new HushError({
        code: 'SOURCE_NO_PATH',
        message: 'What was dropped is not a file on this computer. Save it first, then drop the file.',
        reaction: 'fix-input',
      });
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
