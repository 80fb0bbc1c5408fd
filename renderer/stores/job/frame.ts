/** At most this long between the arrival of items and their use, for a window that is hidden and draws no frames. */
const HIDDEN_MS = 250;

/** Collects items and hands them over together, once per animation frame: a store must not change more often. */
export function perFrame<T>(apply: (items: readonly T[]) => void): (items: readonly T[]) => void {
  let waiting: T[] = [];
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel?.();
    cancel = null;
    const items = waiting;
    waiting = [];
    apply(items);
  };
  return (items) => {
    for (const item of items) waiting.push(item);
    cancel ??= soon(flush);
  };
}

function soon(run: () => void): () => void {
  const timer = setTimeout(run, HIDDEN_MS);
  const frame = requestAnimationFrame(run);
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
