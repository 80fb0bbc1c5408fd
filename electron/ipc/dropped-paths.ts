import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { HushError } from '../../shared/model/failure.ts';
import { checkSender, type Sender } from './checks.ts';

/** Paths of one drop, as the routes take them. */
const MOST_DROPPED = 10_000;
const dropped = z.array(z.string()).max(MOST_DROPPED);
/** Drops that are remembered: one is asked for right after it was made. */
const DROPS_KEPT = 5;

/** What people dropped on the window, as the preload heard it: a path that a request names is opened only if it is one of these. */
export class DroppedPaths {
  #drops: readonly ReadonlySet<string>[] = [];

  /** Remembers one drop. Throws HushError for a sender that is not our page; what is no list of paths is no drop. */
  hear(sender: Sender | null, paths: unknown): void {
    checkSender(sender);
    const { data = [] } = dropped.safeParse(paths);
    const real = data.filter((path) => isAbsolute(path));
    if (real.length > 0) this.#drops = [...this.#drops, new Set(real)].slice(-DROPS_KEPT);
  }

  /** Throws HushError unless all of these were dropped. */
  check(paths: readonly string[]): void {
    if (paths.every((path) => this.#drops.some((drop) => drop.has(path)))) return;
    throw new HushError({
      code: 'SOURCE_NO_PATH',
      message: 'What was dropped is not a file on this computer. Save it first, then drop the file.',
      reaction: 'fix-input',
    });
  }
}
