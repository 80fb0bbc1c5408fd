import type { FetchedObject } from '../../caldav/types.ts';
import { PackReader, readUndamaged } from '../kept/pack.ts';
import type { RunContext } from '../context.ts';

/**
 * Stops a run whose server notifies people although it was asked not to: seen in what is read back. Such a run is not
 * resumed.
 */
export class LeakGuard {
  readonly #context: RunContext;

  constructor(context: RunContext) {
    this.#context = context;
  }

  /** Looks at an object that was read back after it was written. */
  async look(row: number, there: FetchedObject, sent: string): Promise<void> {
    const { log, control, leaks } = this.#context;
    if (leaks === null || there.text === null || leaks(there.text, [sent]) === null) return;
    const leak = leaks(there.text, [sent, await this.#before(row)]);
    if (leak === null || log.problems.some(({ code }) => code === 'NOTIFIED_ANYWAY')) return;
    control.stop();
    const who = leak.address.replace(/^mailto:/i, '');
    await log.problemForGood({
      code: 'NOTIFIED_ANYWAY',
      message:
        `The run was stopped: the server notified people although it was asked not to. In "${nameOf(log.steps[row]?.row)}" it ` +
        `notes SCHEDULE-STATUS ${leak.status} for ${who}. Nothing more was sent. What was written stays; an undo removes it.`,
      reaction: 'stop-job',
    });
  }

  /** What stood there before; its marks are no news. Read here alone, which is seldom. */
  async #before(row: number): Promise<string> {
    const { original } = this.#context.log.state(row);
    if (original === null) return '';
    const pack = new PackReader(this.#context.originalsPath);
    try {
      return (await readUndamaged(pack, original.body))?.toString('utf8') ?? '';
    } finally {
      await pack.close();
    }
  }
}

function nameOf(row: { readonly title: string; readonly uid: string } | undefined): string {
  return row === undefined ? '' : row.title === '' ? row.uid : row.title;
}
