interface Page {
  reload(): void;
}

/**
 * What is done when the engine has ended. What the page shows was asked of that engine, so the page is another one at once,
 * and then it is said why. What ends meanwhile waits until that was read: an engine that ends with every page would bring
 * page after page.
 */
export function beginsAnew<P extends Page>(
  page: () => P | null,
  tell: (page: P) => Promise<void>,
): () => Promise<void> {
  let hasEnded = false;
  let telling = false;
  return async () => {
    hasEnded = true;
    if (telling) return;
    telling = true;
    try {
      while (hasEnded) {
        hasEnded = false;
        const there = page();
        there?.reload();
        if (there !== null) await tell(there);
      }
    } finally {
      telling = false;
    }
  };
}
