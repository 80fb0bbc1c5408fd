import type { RestoreSpec } from '../../../../shared/model/job.ts';
import type { Connection } from '../../caldav/types.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { openSources } from './sources.ts';
import { openEarly, type EarlyTarget } from './target.ts';

type Sources = Awaited<ReturnType<typeof openSources>>;

/**
 * The sources and the calendar, read at the same time: one waits for the disk, the other for the network. Told is the
 * reading first; its failure too, and it ends the listing. Nothing stays open when either of them fails.
 */
export async function readBoth(
  ports: EnginePorts,
  spec: RestoreSpec,
  connection: Connection,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<Sources & EarlyTarget> {
  const over = new AbortController();
  const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  const later = new LaterProgress(progress);
  const opening = openEarly(spec, connection, ports, later.progress, either);
  // Awaited below; where reading fails first, its failure is the one that counts.
  opening.catch(() => undefined);
  let sources: Sources;
  try {
    sources = await openSources(ports, spec.sources, progress, signal);
  } catch (error) {
    over.abort();
    await opening.then(({ target }) => target.close()).catch(() => undefined);
    throw error;
  }
  later.tell();
  try {
    return { ...sources, ...(await opening) };
  } catch (error) {
    await sources.index.close();
    throw error;
  }
}

/** Keeps the newest of what it is told until somebody may hear it. */
class LaterProgress {
  readonly #progress: Progress;
  #newest: Parameters<Progress> | null = null;
  #open = false;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  readonly progress: Progress = (...notified) => {
    if (this.#open) this.#progress(...notified);
    else this.#newest = notified;
  };

  tell(): void {
    this.#open = true;
    if (this.#newest !== null) this.#progress(...this.#newest);
  }
}
