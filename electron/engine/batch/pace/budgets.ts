import { originOf } from '../../../../shared/text/address.ts';
import { Semaphore } from '../../caldav/semaphore.ts';
import { createPacer, type Pacer } from '../../caldav/transport/pace.ts';
import type { Connection } from '../../caldav/types.ts';
import type { Connect } from '../types.ts';

/** Requests at the same time to one origin while nobody has said otherwise. */
const UNTIL_SAID = 8;

interface Budget {
  readonly gate: Semaphore;
  pacer: Pacer | null;
}

/** What all members of a batch share per origin: how many requests are under way, and how fast writes follow. */
export class Budgets {
  readonly #origins = new Map<string, Budget>();
  #perOrigin = UNTIL_SAID;

  /** From now on; for the gates that are open already as well. */
  set perOrigin(most: number) {
    this.#perOrigin = most;
    for (const { gate } of this.#origins.values()) gate.limit = most;
  }

  /** The same connections, within the budget of their origin. */
  within(connect: Connect): Connect {
    return (login) => this.share(connect(login));
  }

  share(connection: Connection): Connection {
    const { gate } = this.#of(originOf(connection.url));
    const concurrency = Math.min(connection.concurrency, this.#perOrigin);
    return { ...connection, concurrency, gate };
  }

  /** The pacer of an origin, for one run: its stop hurries nobody else. */
  pacer(url: string): Pacer {
    const budget = this.#of(originOf(url));
    budget.pacer ??= createPacer(this.#perOrigin);
    const shared = budget.pacer;
    return {
      run: (task, judge) => shared.run(task, judge),
      get connections() {
        return shared.connections;
      },
      get quickest() {
        return shared.quickest;
      },
      get hasHeadroom() {
        return shared.hasHeadroom;
      },
      ignoreRetryAfter: () => undefined,
    };
  }

  /** Nobody waits any more for what a server asked for: the batch was stopped. */
  ignoreRetryAfter(): void {
    for (const { pacer } of this.#origins.values()) pacer?.ignoreRetryAfter();
  }

  #of(origin: string): Budget {
    const known = this.#origins.get(origin);
    if (known !== undefined) return known;
    const budget: Budget = { gate: new Semaphore(this.#perOrigin), pacer: null };
    this.#origins.set(origin, budget);
    return budget;
  }
}
