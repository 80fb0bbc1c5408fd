import type { Failure } from '../../../../shared/model/failure.ts';
import { formatNumber, plural } from '../../../../shared/words/format.ts';

/** So many calendars of one server in a row that could not begin because nobody answered: the next would fare no better. */
const PATIENCE = 3;

/** Says when going on makes no sense: too much failed, a server is gone, or tells people against the mode. */
export class BatchGuard {
  readonly #stopAfter: number | null;
  readonly #stop: (failure: Failure) => void;
  readonly #silent = new Map<string, number>();
  #failed = 0;
  #over = false;

  constructor(stopAfter: number | null, stop: (failure: Failure) => void) {
    this.#stopAfter = stopAfter;
    this.#stop = stop;
  }

  failed(events: number): void {
    this.#failed += events;
    if (this.#stopAfter === null || this.#failed < this.#stopAfter) return;
    this.#end(`${plural(this.#failed, 'event')} failed, and it was to stop after ${formatNumber(this.#stopAfter)}.`);
  }

  /** A member began: its server answers. */
  began(origin: string): void {
    this.#silent.delete(origin);
  }

  held(origin: string, failure: Failure): void {
    if (failure.code === 'NOTIFIED_ANYWAY') this.notified(failure);
    if (!isSilence(failure)) {
      this.began(origin);
      return;
    }
    const times = (this.#silent.get(origin) ?? 0) + 1;
    this.#silent.set(origin, times);
    if (times >= PATIENCE) this.#end(failure.message);
  }

  /** A server told people against the mode: it would do so in the next calendar too. */
  notified(failure: Failure): void {
    this.#endWith(failure);
  }

  #end(why: string): void {
    const message = `The run was stopped: ${why} It can be resumed.`;
    this.#endWith({ code: 'RUN_STOPPED', message, reaction: 'stop-job' });
  }

  #endWith(failure: Failure): void {
    if (this.#over) return;
    this.#over = true;
    this.#stop(failure);
  }
}

/** Nobody answers, or only to say that it is too busy. */
function isSilence({ code, reaction }: Failure): boolean {
  return SILENT.includes(code) || reaction === 'retry-now' || reaction === 'retry-after';
}

const SILENT = ['SERVER_NOT_FOUND', 'SERVER_REFUSED', 'SERVER_UNREACHABLE'];
