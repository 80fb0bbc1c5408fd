/** How long work may go on before others get their turn, in milliseconds. */
const TURN = 12;

/** Work that may be interrupted after each `yield`; it returns its result. Pure work needs no more to be polite. */
export type Work<T> = Generator<unknown, T, void>;

/** Says when others should have their turn. */
export class Turn {
  #began = performance.now();

  /** Whether the work has gone on for long enough. */
  get due(): boolean {
    return performance.now() - this.#began >= TURN;
  }

  /** Lets others have their turn: requests of the window, menus, sockets. */
  async take(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#began = performance.now();
  }
}

/** Does the work, and lets other work happen in between: the window stays responsive. */
export async function runYielding<T>(work: Work<T>, signal?: AbortSignal): Promise<T> {
  const turn = new Turn();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (!turn.due) continue;
    signal?.throwIfAborted();
    await turn.take();
  }
}

/** The same without a pause, for whoever has nothing else to do. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Collects what a generator yields, in turns. */
export function collect<T>(items: Iterable<T>, signal?: AbortSignal): Promise<readonly T[]> {
  return runYielding(gathering(items), signal);
}

function* gathering<T>(items: Iterable<T>): Work<readonly T[]> {
  const gathered: T[] = [];
  for (const item of items) {
    gathered.push(item);
    yield;
  }
  return gathered;
}

/** The items one by one, with a breath in between where it is due. */
export async function* paced<T>(items: Iterable<T> | AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
  const turn = new Turn();
  for await (const item of items) {
    yield item;
    if (!turn.due) continue;
    signal?.throwIfAborted();
    await turn.take();
  }
}
