import type { FindSession } from '../../engine/engine.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BackupList } from '../../../shared/ipc/find-routes.ts';
import type { Ports } from '../ports.ts';
import { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';
import type { TakeSource } from './source.ts';

/** Paths of backups, as they were chosen; known to the main process only. */
export type BackupPaths = readonly string[];

export function findHandlers(
  { engine, desktop, drops, practice, tempDir }: Pick<Ports, 'engine' | 'desktop' | 'drops' | 'practice' | 'tempDir'>,
  lists: HandleStore<BackupPaths>,
  takeSource: TakeSource,
  push: Push,
): HandlersOf<'find'> {
  const searches = new HandleStore<FindSession>(2, 'This search is not current any more. Search again.', (session) => {
    session.close().catch(() => undefined);
  });
  let going: AbortController | null = null;

  /** What lies in a list, each backup by itself. */
  async function listOf(paths: BackupPaths): Promise<BackupList> {
    const backups = await engine.backupsIn(paths);
    return {
      findId: lists.add(backups.map(({ source }) => source)),
      backups: backups.map(({ name, source, at, dateFrom }, id) => ({ id, name, source, at, dateFrom })),
    };
  }

  const before = (findId: string | null): BackupPaths => (findId === null ? [] : lists.get(findId));

  return {
    'find.choose': async ({ findId, what }) => {
      const paths = (await desktop.choosePaths(what)) ?? [];
      return paths.length === 0 ? null : listOf([...before(findId), ...paths]);
    },
    'find.drop': async ({ findId, paths }) => {
      drops.check(paths);
      return listOf([...before(findId), ...paths]);
    },
    'find.sample': async () => {
      const folder = join(tempDir, 'sample-nights');
      await mkdir(folder, { recursive: true });
      const nights = practice.sampleNights().map(({ name, text }) => ({ path: join(folder, basename(name)), text }));
      for (const { path, text } of nights) await writeFile(path, text);
      return listOf(nights.map(({ path }) => path));
    },
    'find.remove': ({ findId, backup }) => listOf(lists.get(findId).filter((_path, at) => at !== backup)),
    'find.search': async ({ findId, spec }) => {
      const paths = lists.get(findId);
      going?.abort();
      const mine = new AbortController();
      going = mine;
      try {
        const session = await engine.find(paths, spec, {
          signal: mine.signal,
          progress: (now) => {
            push('find.progress', now);
          },
        });
        return { searchId: searches.add(session), result: session.result };
      } catch (thrown) {
        if (mine.signal.aborted) return null;
        throw thrown;
      }
    },
    'find.stop': () => {
      going?.abort();
      return Promise.resolve({});
    },
    'find.versions': async ({ searchId, event }) => [...(await searches.get(searchId).versions(event))],
    'find.occurrences': ({ searchId, range }) => searches.get(searchId).occurrences(range),
    'find.restore': async ({ searchId, event, range }) => {
      const { source, only } = searches.get(searchId).restoreOf(event, range);
      return { source: await takeSource([source]), only };
    },
  };
}
