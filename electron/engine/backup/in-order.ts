/**
 * Works on many items, so many at the same time, and gives the results in the order of the items. What is ahead of the
 * slowest is bounded, so that results do not pile up. Rejects with the first failure.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for (const item of items) {
    const task = work(item);
    // The consumer may stop early; a failure it never sees must not become an unhandled one.
    task.catch(() => undefined);
    running.push(task);
    const first = running.length >= atOnce ? running.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const task of running) yield await task;
}
