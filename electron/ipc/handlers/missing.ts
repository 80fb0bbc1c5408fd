import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MissingSession } from '../../engine/engine.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Ports } from '../ports.ts';
import { HandleStore } from '../runs/handle-store.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import type { BackupPaths } from './find.ts';
import type { TakeSource } from './source.ts';

/** What the entries that are restored are called as a source. */
const FILE = 'what-went-missing.ics';

export function missingHandlers(
  { engine, tempDir }: Pick<Ports, 'engine' | 'tempDir'>,
  servers: Servers,
  lists: HandleStore<BackupPaths>,
  takeSource: TakeSource,
  push: Push,
): HandlersOf<'missing'> {
  const sessions = new HandleStore<MissingSession>(
    2,
    'This comparison is not current any more. Compare again.',
    (session) => {
      session.close().catch(() => undefined);
    },
  );
  let going: AbortController | null = null;
  return {
    'missing.compare': async ({ findId, serverId, calendarUrl, since }) => {
      const paths = lists.get(findId);
      if (!URL.canParse(calendarUrl)) throw noCalendar();
      going?.abort();
      const mine = new AbortController();
      going = mine;
      const spec = { calendarUrl, ...(since === undefined ? {} : { since }) };
      try {
        const session = await engine.missing(paths, spec, servers.connectTo(serverId, calendarUrl), {
          signal: mine.signal,
          progress: (now) => {
            push('missing.progress', now);
          },
        });
        return { missingId: sessions.add(session), result: session.result };
      } catch (thrown) {
        if (mine.signal.aborted) return null;
        throw thrown;
      }
    },
    'missing.stop': () => {
      going?.abort();
      return Promise.resolve({});
    },
    'missing.occurrences': ({ missingId, range }) => sessions.get(missingId).occurrences(range),
    'missing.restore': async ({ missingId, entries }) => {
      const session = sessions.get(missingId);
      const folder = join(tempDir, `missing-${randomUUID()}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, FILE);
      await session.save(entries, path);
      return takeSource([path]);
    },
  };
}

function noCalendar(): HushError {
  return new HushError({
    code: 'CALENDAR_BAD_ADDRESS',
    message: 'Choose the calendar to compare with.',
    reaction: 'fix-input',
  });
}
