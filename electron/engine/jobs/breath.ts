/** How long work may go on before others get their turn, in milliseconds. */
const TURN = 12;

/** Collects what a generator yields, and lets other work happen in between: the window stays responsive. */
export async function collect<T>(items: Iterable<T>, signal?: AbortSignal): Promise<readonly T[]> {
  const collected: T[] = [];
  let began = performance.now();
  for (const item of items) {
    collected.push(item);
    if (performance.now() - began < TURN) continue;
    signal?.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return collected;
}
