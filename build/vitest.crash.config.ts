import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** The longest first, so that no worker is left with one of them when the other has nothing more to do. */
const LONGEST = [
  ...['matrix', 'batch', 'faults', 'again', 'announce', 'flips', 'switch', 'none', 'all', 'cleanup', 'external-only'],
  ...['flips-batch', 'halts', 'trash', 'compiled', 'migrate-twenty'],
];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      LONGEST.findIndex((name) => moduleId.endsWith(`kill-${name}.test.ts`) || moduleId.endsWith(`/${name}.test.ts`));
    const rank = (file: TestSpecification): number => (place(file) === -1 ? LONGEST.length : place(file));
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

// Files lie in memory (memory-folder.ts), so that a second thread for them has nothing to wait for: it costs, and gains nothing.
process.env['UV_THREADPOOL_SIZE'] = '1';

/** Kills and faults against the built command line, bent answers and flipped bits against the engine: two files at a time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/crash/**/*.test.ts', 'e2e/bends/**/*.test.ts', 'electron/**/flips*.test.ts'],
    globalSetup: ['build/lib/memory-folder.ts', 'e2e/crash/compile.ts'],
    sequence: { sequencer: LongestFirst },
    isolate: false,
    // As in vitest.config.ts, and shared with it.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    maxWorkers: 2,
    // As in vitest.config.ts; and what is looked through is looked through by one thread, since both processors have enough to do.
    execArgv: ['--max-semi-space-size=64', '--single-threaded-gc'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
