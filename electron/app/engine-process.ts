import { HushError, toFailure, type Failure } from '../../shared/model/failure.ts';
import type { EngineCalls, EngineStart, MainCalls } from '../ipc/apart/calls.ts';
import type { Sender } from '../ipc/checks.ts';
import { join, type Remote } from '../processes/calls.ts';
import { endChild, type Child } from '../processes/child.ts';

const ENDED: Failure = {
  code: 'ENGINE_ENDED',
  message: 'What Hushcal was doing has ended unexpectedly. A run that was in progress can be resumed from History.',
  reaction: 'fix-input',
};

interface EngineProcessOptions {
  readonly fork: () => Child;
  /** As things are when it starts. */
  readonly settings: () => EngineStart;
  readonly calls: MainCalls;
  /** It has ended by itself, after it had started. */
  readonly died: () => void;
}

interface Running {
  readonly child: Child;
  readonly remote: Remote<EngineCalls>;
  readonly started: Promise<void>;
}

/** The engine in a process of its own. One that has ended is started anew for the next request. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  #running: Running | null = null;
  #closing = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /** The envelope that answers a request of the page, as JSON. Never rejects. */
  async request(sender: Sender | null, route: unknown, input: unknown): Promise<string> {
    try {
      const { remote, started } = this.#current();
      await started;
      return await remote.ask('request', sender, route, input);
    } catch (thrown) {
      return JSON.stringify({ ok: false, failure: toFailure(thrown) });
    }
  }

  /** What was dropped on the window: requests that follow may name it. */
  dropped(sender: Sender | null, paths: unknown): void {
    if (!this.#closing) this.#current().remote.tell('dropped', sender, paths);
  }

  /** Begins without waiting for its first request. */
  start(): void {
    this.#current().started.catch(() => undefined);
  }

  /** Tells it, if it runs: at its next start it knows anyway. */
  tell: Remote<EngineCalls>['tell'] = (name, ...given) => {
    this.#running?.remote.tell(name, ...given);
  };

  /** Stops what goes on; resolves when it has ended, or the process with it. */
  async stopAll(): Promise<void> {
    await this.#running?.remote.ask('stopAll').catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#running !== null) await endChild(this.#running.child, this.#running.remote.ask('close'));
  }

  #current(): Running {
    if (this.#closing) throw new HushError(ENDED);
    this.#running ??= this.#begin();
    return this.#running;
  }

  #begin(): Running {
    const { calls, settings } = this.#options;
    const child = this.#options.fork();
    const remote = join<EngineCalls>(child, calls);
    let hasStarted = false;
    const started = remote.ask('start', settings()).then(() => {
      hasStarted = true;
    });
    const running = { child, remote, started };
    void child.ended.then(() => {
      remote.end(ENDED);
      if (this.#running === running) this.#running = null;
      if (hasStarted && !this.#closing) this.#options.died();
    });
    return running;
  }
}
