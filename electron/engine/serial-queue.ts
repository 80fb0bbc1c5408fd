/** Does things in the order in which they were asked for, each when the one before has ended, well or badly. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  after<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
