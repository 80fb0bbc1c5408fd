import type { WireAnswer } from './wire.ts';

/**
 * The first request of a client goes alone, and where the login is refused, or the server has locked the address, none
 * follows it: one wrong password is one failed login, and not as many as there are requests at the same time.
 */
export class Entrance {
  #open = false;
  #refused: WireAnswer | null = null;
  #first: Promise<void> | null = null;

  /** Gives the answer of the first request instead of asking where that was refused. */
  async pass(ask: () => Promise<WireAnswer>): Promise<WireAnswer> {
    if (!this.#open && this.#first !== null) await this.#first;
    if (this.#refused !== null) return this.#refused;
    return this.#open ? ask() : this.#askFirst(ask);
  }

  async #askFirst(ask: () => Promise<WireAnswer>): Promise<WireAnswer> {
    let done = (): void => undefined;
    this.#first = new Promise((resolve) => {
      done = resolve;
    });
    // A broken connection says nothing about the login: then nobody waits any longer.
    let answer: WireAnswer | null = null;
    try {
      answer = await ask();
      if (answer.denied !== undefined || isLockedOut(answer)) this.#refused = answer;
      return answer;
    } finally {
      this.#open = answer === null || this.#refused === null;
      done();
    }
  }
}

/** Nextcloud's answer to everybody at an address from which too many wrong passwords came. */
export function isLockedOut({ status, body }: WireAnswer): boolean {
  return status === 429 && body.toString('utf8').includes('Reached maximum delay');
}
