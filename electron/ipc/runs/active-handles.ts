import { toFailure, type Failure, type HushError } from '../../../shared/model/failure.ts';
import { Stream, type Fold, type Sent } from './stream.ts';

/** Something that was started, goes on by itself and says what it does. */
export interface Handle<E> {
  /** Every event from the first one, once. */
  events(): AsyncIterable<readonly E[]>;
  pause(paused: boolean): void;
  stop(): void;
  readonly finished: Promise<void>;
}

export interface Watcher<S> {
  /** One was begun, or had some events. */
  progressed(snapshots: readonly S[]): void;
  /** One has ended; `remaining` go on. */
  ended(snapshot: S, remaining: number): void;
}

/** What is particular to one kind of handle. */
interface HandleKind<H extends Handle<E>, E, S> {
  readonly fold: Fold<E, S>;
  /** Snapshots of so many ended ones are kept for a window that is reloaded. */
  readonly endedKept: number;
  idOf(handle: H): string;
  push(id: string, sent: Sent<E, S>): void;
  /** What is said where the events end with an error. */
  broken(failure: Failure): E;
  /** What is thrown where an id is not known. */
  unknown(): HushError;
}

interface Active<H, E, S> {
  readonly id: string;
  readonly handle: H;
  readonly stream: Stream<E, S>;
  going: boolean;
  /** Everything has been passed on. */
  passed: Promise<void>;
}

/** What goes on in this program, of one kind, and the last ones that have ended. */
export class ActiveHandles<H extends Handle<E>, E, S> {
  readonly #all = new Map<string, Active<H, E, S>>();
  readonly #kind: HandleKind<H, E, S>;
  readonly #watcher: Watcher<S>;

  constructor(kind: HandleKind<H, E, S>, watcher: Watcher<S>) {
    this.#kind = kind;
    this.#watcher = watcher;
  }

  /** Takes over what was just started and passes its events on until it ends. */
  follow(handle: H): void {
    const id = this.#kind.idOf(handle);
    const stream = new Stream<E, S>(this.#kind.fold, (sent) => {
      this.#kind.push(id, sent);
      this.#progressed();
    });
    const active: Active<H, E, S> = { id, handle, stream, going: true, passed: Promise.resolve() };
    this.#all.delete(id);
    this.#all.set(id, active);
    this.#progressed();
    active.passed = this.#pump(active);
  }

  active(): readonly string[] {
    return this.#going().map(({ id }) => id);
  }

  /** Throws HushError for an id that this program does not know. */
  snapshot(id: string): { readonly seq: number; readonly snapshot: S } {
    return this.#get(id).stream.snapshot();
  }

  /** Throws HushError for an id that this program does not know. */
  pause(id: string, paused: boolean): void {
    this.#get(id).handle.pause(paused);
  }

  /** Throws HushError for an id that this program does not know. */
  stop(id: string): void {
    this.#get(id).handle.stop();
  }

  /** Stops all; resolves when each has ended, said so, and is not active any more. */
  async stopAll(): Promise<void> {
    const going = this.#going();
    for (const { handle } of going) handle.stop();
    await Promise.all(going.map(({ passed }) => passed));
  }

  async #pump(active: Active<H, E, S>): Promise<void> {
    const { handle, stream } = active;
    try {
      for await (const events of handle.events()) stream.add(events);
      await handle.finished;
    } catch (thrown) {
      stream.add([this.#kind.broken(toFailure(thrown))]);
    }
    active.going = false;
    stream.flush();
    this.#forgetOld();
    this.#watcher.ended(stream.snapshot().snapshot, this.#going().length);
  }

  #progressed(): void {
    this.#watcher.progressed(this.#going().map(({ stream }) => stream.snapshot().snapshot));
  }

  #going(): readonly Active<H, E, S>[] {
    return [...this.#all.values()].filter(({ going }) => going);
  }

  #forgetOld(): void {
    const ended = [...this.#all.values()].filter(({ going }) => !going);
    for (const { id } of ended.slice(0, -this.#kind.endedKept)) this.#all.delete(id);
  }

  #get(id: string): Active<H, E, S> {
    const active = this.#all.get(id);
    if (active === undefined) throw this.#kind.unknown();
    return active;
  }
}
