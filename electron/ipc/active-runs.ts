import type { RunHandle } from '../engine/types.ts';
import { HushError, toFailure } from '../../shared/model/failure.ts';
import type { RunSnapshot } from '../../shared/model/snapshot.ts';
import { EventStream } from './stream.ts';
import type { Push } from './types.ts';

/** Snapshots of ended runs that are kept for a window that is reloaded. */
const ENDED_KEPT = 10;

export interface RunWatcher {
  /** After each batch of a run that goes on. */
  progressed(snapshots: readonly RunSnapshot[]): void;
  /** A run has ended; `remaining` go on. */
  ended(snapshot: RunSnapshot, remaining: number): void;
}

interface ActiveRun {
  readonly handle: RunHandle;
  readonly stream: EventStream;
  going: boolean;
  /** Everything has been passed on. */
  passed: Promise<void>;
}

/** The runs of this program that go on, and the last ones that have ended. */
export class ActiveRuns {
  readonly #runs = new Map<string, ActiveRun>();
  readonly #push: Push;
  readonly #watcher: RunWatcher;

  constructor(push: Push, watcher: RunWatcher) {
    this.#push = push;
    this.#watcher = watcher;
  }

  /** Takes over a run that was just started and passes its events on until it ends. */
  follow(handle: RunHandle): void {
    const { runId } = handle;
    const stream = new EventStream(({ seq, events, snapshot }) => {
      this.#push('run.events', { runId, seq, events: [...events], ...(snapshot === undefined ? {} : { snapshot }) });
      this.#watcher.progressed(this.#going().map((run) => run.stream.snapshot().snapshot));
    });
    const run: ActiveRun = { handle, stream, going: true, passed: Promise.resolve() };
    this.#runs.delete(runId);
    this.#runs.set(runId, run);
    run.passed = this.#pump(run);
  }

  active(): readonly string[] {
    return this.#going().map((run) => run.handle.runId);
  }

  /** Throws HushError for a run that this program does not know. */
  snapshot(runId: string): { readonly seq: number; readonly snapshot: RunSnapshot } {
    return this.#get(runId).stream.snapshot();
  }

  pause(runId: string, paused: boolean): void {
    this.#get(runId).handle.pause(paused);
  }

  stop(runId: string): void {
    this.#get(runId).handle.stop();
  }

  /** Stops all runs; resolves when each has ended, said so, and is not active any more. */
  async stopAll(): Promise<void> {
    const going = this.#going();
    for (const run of going) run.handle.stop();
    await Promise.all(going.map((run) => run.passed));
  }

  async #pump(run: ActiveRun): Promise<void> {
    try {
      for await (const events of run.handle.events()) run.stream.add(events);
      await run.handle.finished;
    } catch (thrown) {
      run.stream.add([{ kind: 'problem', failure: toFailure(thrown) }]);
    }
    run.going = false;
    run.stream.flush();
    this.#forgetOld();
    this.#watcher.ended(run.stream.snapshot().snapshot, this.#going().length);
  }

  #going(): readonly ActiveRun[] {
    return [...this.#runs.values()].filter((run) => run.going);
  }

  #forgetOld(): void {
    const ended = [...this.#runs.values()].filter((run) => !run.going);
    for (const run of ended.slice(0, -ENDED_KEPT)) this.#runs.delete(run.handle.runId);
  }

  #get(runId: string): ActiveRun {
    const run = this.#runs.get(runId);
    if (run !== undefined) return run;
    throw new HushError({
      code: 'RUN_NOT_ACTIVE',
      message: 'This run is not going on in this window. Its report is in History.',
      reaction: 'fix-input',
    });
  }
}
