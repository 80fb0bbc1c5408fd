import { toFailure } from '../../../shared/model/failure.ts';
import { openServerBook } from '../servers/server-book.ts';
import { NO_LOG, openLog } from '../../diagnostics/log.ts';
import { existing } from '../../runs-folder.ts';
import { createEngine, openTempFolder, type TempFolder } from '../../engine/engine.ts';
import { join, type Channel } from '../../processes/calls.ts';
import { ActiveBatches } from '../runs/active-batches.ts';
import { ActiveRuns } from '../runs/active-runs.ts';
import { dispatch } from '../dispatch.ts';
import { DroppedPaths } from '../dropped-paths.ts';
import { createHandlers } from '../handlers.ts';
import { checkedPush } from '../push.ts';
import type { Handlers } from '../types.ts';
import type { EngineCalls, EngineStart, MainCalls, PracticeNow } from './calls.ts';
import { remotePorts, remotePreferences } from './remote-ports.ts';
import { batchFraction, fractionDone, sumUp, sumUpBatch } from './run-words.ts';

/** What there is between start and end. */
interface Work {
  readonly handlers: Handlers;
  readonly runs: ActiveRuns;
  readonly batches: ActiveBatches;
  readonly temp: TempFolder;
}

/**
 * Answers the page in a process of its own, for the main process at the other side of a channel: whatever is read, planned
 * or written here, the window goes on. Gives what says to a person what nobody caught.
 */
export function serveEngine(channel: Channel): (thrown: unknown) => void {
  let practice: PracticeNow | null = null;
  let work: Work | null = null;
  let log = NO_LOG;
  const drops = new DroppedPaths();
  const calls: EngineCalls = {
    start: async (settings) => {
      practice = settings.practice;
      work = await openWork(settings, () => practice ?? settings.practice);
    },
    request: async (sender, route, input) => {
      if (work === null) throw new Error('a request came before the start');
      return JSON.stringify(await dispatch(work.handlers, sender, route, input, log));
    },
    dropped: (sender, paths) => {
      try {
        drops.hear(sender, paths);
      } catch {
        // Of another page: nobody waits for an answer, and the request that names these paths is refused.
      }
    },
    practiceIs: (now) => {
      practice = now;
    },
    stopAll: async () => {
      await Promise.all([work?.runs.stopAll(), work?.batches.stopAll()]);
    },
    close: async () => {
      await work?.temp.remove();
    },
  };
  const main = join<MainCalls>(channel, calls);
  const push = checkedPush(
    (name, data) => {
      main.tell('push', name, data);
    },
    (failure) => process.stderr.write(`${toFailure(failure).message}\n`),
  );
  async function openWork(settings: EngineStart, practiceNow: () => PracticeNow): Promise<Work> {
    const { tempRoot, userData, operator } = settings;
    log = openLog(userData);
    const temp = await openTempFolder(tempRoot);
    const tempDir = temp.path;
    const preferences = remotePreferences(main, settings.preferences);
    const engine = createEngine({
      // Another one may be chosen while the window is open.
      get runsDir() {
        const chosen = preferences.runsDir();
        return chosen === null ? preferences.standardRunsDir : existing(chosen);
      },
      tempDir,
      now: () => new Date(),
      operator,
    });
    const book = await openServerBook(userData);
    const runs = new ActiveRuns(push, {
      progressed: (snapshots) => {
        main.tell('progressed', 'runs', snapshots.length, fractionDone(snapshots));
      },
      ended: (snapshot, remaining) => {
        main.tell('ended', 'runs', remaining, sumUp(snapshot));
      },
    });
    const batches = new ActiveBatches(push, {
      progressed: (snapshots) => {
        main.tell('progressed', 'batches', snapshots.length, batchFraction(snapshots));
      },
      ended: (snapshot, remaining) => {
        main.tell('ended', 'batches', remaining, sumUpBatch(snapshot));
      },
    });
    const ports = remotePorts(main, settings, { engine, book, preferences, drops, tempDir, userData }, practiceNow);
    return { handlers: createHandlers(ports, runs, push, batches), runs, batches, temp };
  }

  return (thrown) => {
    log.failed('uncaught', thrown);
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    main.tell('unexpected', thrown instanceof Error ? thrown.message : String(thrown));
  };
}
