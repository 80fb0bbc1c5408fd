import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a second start of the program says to the first one. */
const handedOver = z.object({ paths: z.array(z.string()) });

/**
 * The files that a start was given, as a desktop gives them: absolute paths.
 *
 * @param appPath what is started where the runtime itself is: arguments up to it are those of the runtime; null when packed
 */
export function filesIn(argv: readonly string[], cwd: string, appPath: string | null): readonly string[] {
  const started = appPath === null ? 0 : argv.findIndex((arg, at) => at > 0 && resolve(cwd, arg) === appPath);
  if (started === -1) return [];
  return argv
    .slice(started + 1)
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(cwd, localPath(arg)));
}

/** A desktop may say a file as a URL. */
function localPath(arg: string): string {
  try {
    return arg.startsWith('file://') ? fileURLToPath(arg) : arg;
  } catch {
    return arg;
  }
}

/** Files that the desktop asked to open, until the page takes them. */
export class OpenedFiles {
  #waiting: readonly string[] = [];
  #changed: () => void = () => undefined;

  /** The newest to come are the ones that count: they were asked for last. */
  add(paths: readonly string[]): void {
    const found = paths.filter(isAbsolute);
    if (found.length === 0) return;
    this.#waiting = found;
    this.#changed();
  }

  /** What a second start said; anything else is left out. */
  addFrom(said: unknown): void {
    const parsed = handedOver.safeParse(said);
    if (parsed.success) this.add(parsed.data.paths);
  }

  get waiting(): readonly string[] {
    return this.#waiting;
  }

  /** They do not wait any longer, whatever becomes of them. */
  take(): readonly string[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  whenChanged(listener: () => void): void {
    this.#changed = listener;
  }
}
