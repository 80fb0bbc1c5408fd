import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { reach, type Pushed, type Reached } from './pushed.ts';
import { addSample, type Sample } from './rate.ts';

/** What a store shows of a job that goes on in the engine's process; `seq` is that of the last event in the snapshot. */
export interface Shown<S, R> extends Reached<S> {
  readonly samples: readonly Sample[];
  readonly report: R | null;
  readonly failure: Failure | null;
}

/** How one store holds what it shows, and asks for it. */
export interface AttachedStore<P, E, S, R> {
  readonly empty: S;
  /** The job on show, null where there is none. */
  idNow(): string | null;
  get(): Shown<S, R>;
  set(part: Partial<Shown<S, R>>): void;
  /** The job `id` is on show from now on, and nothing of it is known. */
  begin(id: string, nothing: Shown<S, R>): void;
  idOf(pushed: P): string;
  fold(before: S, events: readonly E[]): S;
  countDone(snapshot: S): number;
  /** May reject with HushError. */
  askSnapshot(id: string): Promise<Reached<S>>;
  /** May reject with HushError. */
  askReport(id: string): Promise<R>;
}

/**
 * Joins a job that goes on: asks for the state so far, keeps what is pushed meanwhile, goes on from there, and asks anew
 * where something is missing in between. At the end it reads the report.
 */
export class Attached<P extends Pushed<E, S>, E, S extends { readonly status: unknown }, R> {
  readonly #store: AttachedStore<P, E, S, R>;
  /** Pushes that came while the snapshot which they continue was on its way. */
  #early: P[] | null = null;

  constructor(store: AttachedStore<P, E, S, R>) {
    this.#store = store;
  }

  /** Never rejects: a failure is shown. */
  async attach(id: string): Promise<void> {
    const store = this.#store;
    const waited: P[] = [];
    this.#early = waited;
    store.begin(id, { snapshot: store.empty, seq: 0, samples: [], report: null, failure: null });
    const found = await this.#askSnapshot(id);
    // Unless another attach began to wait meanwhile.
    if (this.#early === waited) this.#early = null;
    if (store.idNow() !== id || found === null) return;
    store.set({ ...found, samples: addSample([], performance.now(), store.countDone(found.snapshot)) });
    if (found.snapshot.status === null) this.take(waited);
    else await this.readReport(id);
  }

  /** Takes over what was pushed of the job on show; pushes of others are let go. */
  take(pushed: readonly P[]): void {
    const store = this.#store;
    const id = store.idNow();
    const mine = pushed.filter((one) => store.idOf(one) === id);
    if (mine.length === 0 || id === null) return;
    if (this.#early !== null) {
      this.#early.push(...mine);
      return;
    }
    const before = store.get();
    const reached = reach<E, S>(before, mine, (snapshot, events) => store.fold(snapshot, events));
    if (reached === null) {
      void this.attach(id);
      return;
    }
    const { seq, snapshot } = reached;
    store.set({ seq, snapshot, samples: addSample(before.samples, performance.now(), store.countDone(snapshot)) });
    if (snapshot.status !== null && before.snapshot.status === null) void this.readReport(id);
  }

  /** Reads the report of a job that has ended. Never rejects: a failure is shown, while the job is. */
  async readReport(id: string): Promise<void> {
    const store = this.#store;
    try {
      const report = await store.askReport(id);
      if (store.idNow() === id) store.set({ report });
    } catch (thrown) {
      if (store.idNow() === id) store.set({ failure: toFailure(thrown) });
    }
  }

  async #askSnapshot(id: string): Promise<Reached<S> | null> {
    try {
      return await this.#store.askSnapshot(id);
    } catch (thrown) {
      this.#store.set({ failure: toFailure(thrown) });
      return null;
    }
  }
}
