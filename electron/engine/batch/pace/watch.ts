import type { Failure } from '../../../../shared/model/failure.ts';
import type { JobEvent, JobEventOf } from '../../../../shared/model/job.ts';
import type { Running } from '../running.ts';

/** Passes on what one member's run says, counts it, and tells the guard what failed. */
export class MemberWatch {
  readonly #running: Running;
  readonly #id: number;
  /** What an earlier process had finished is said again before the writing begins: old news for the guard. */
  #writing = false;
  #verified = 0;
  #written = 0;
  failure: Failure | null = null;
  settled: JobEventOf<'settled'> | null = null;

  constructor(running: Running, id: number) {
    this.#running = running;
    this.#id = id;
  }

  see(events: readonly JobEvent[]): void {
    let failed = 0;
    for (const event of events) failed += this.#one(event);
    const { states, guard } = this.#running;
    if (this.failure?.code === 'NOTIFIED_ANYWAY') guard.notified(this.failure);
    if (this.settled === null) states.progress(this.#id, { written: this.#written, verified: this.#verified });
    if (failed > 0) guard.failed(failed);
  }

  /** Gives how many events failed by it: none or one. */
  #one(event: JobEvent): number {
    const { states } = this.#running;
    const { mailbox, writes, state } = states.of(this.#id);
    switch (event.kind) {
      case 'item':
        states.say({ ...event, member: this.#id, mailbox });
        return this.#writing && (event.outcome === 'failed' || event.outcome === 'unknown') ? 1 : 0;
      case 'verified':
        if (event.verdict === 'same' || event.verdict === 'rewritten') this.#verified += 1;
        return 0;
      case 'phase':
        if (event.phase === 'writing') {
          this.#writing = true;
          this.#written = writes - (event.of ?? 0) + event.done;
        } else if (event.phase === 'verifying' && state === 'moving') {
          states.change(this.#id, { state: 'verifying' });
        }
        return 0;
      case 'problem':
        this.failure = event.failure;
        states.say({ kind: 'problem', mailbox, failure: event.failure });
        return 0;
      case 'settled':
        this.settled = event;
        return 0;
      default:
        return 0;
    }
  }
}
