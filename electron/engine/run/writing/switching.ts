import { toFailure } from '../../../../shared/model/failure.ts';
import { OFF, type CollectionSwitch } from '../../caldav/objects/collection-switch.ts';
import type { Journal } from '../kept/journal.ts';
import type { Replay } from '../kept/replay.ts';

interface Moment {
  readonly journal: Journal;
  /** What the journal says of earlier processes of this run. */
  readonly before: Pick<Replay, 'switch'>;
}

/**
 * The scheduling of a run's whole calendar, switched off while the run lasts. What was there before is durable before
 * the switch is touched, so that it goes back whatever happens: at the end of the run, also of one that was stopped or
 * failed, and otherwise when the run is resumed or taken back.
 */
export class Switching {
  readonly #calendar: CollectionSwitch;
  #former: { readonly value: string | null } | null = null;

  constructor(calendar: CollectionSwitch) {
    this.#calendar = calendar;
  }

  /**
   * Before the first write. Where an earlier process of the run left the switch off, its note of what was there counts:
   * what is there now is ours.
   *
   * @throws HushError (stop-job) when the server does not take it
   */
  async begin({ journal, before }: Moment): Promise<void> {
    const noted = openSwitchOf(before);
    const value = noted === null ? await this.#calendar.read() : noted.former;
    if (noted === null) await journal.commit({ k: 'switching', former: value });
    this.#former = { value };
    await this.#calendar.set(OFF);
    await journal.commit({ k: 'switched', former: value });
  }

  /** After the last write. Never throws; gives why the switch is still off, in a sentence, or null. */
  async finish({ journal, before }: Moment): Promise<string | null> {
    const noted = openSwitchOf(before);
    const former = this.#former ?? (noted === null ? null : { value: noted.former });
    return former === null ? null : putBack(this.#calendar, journal, former.value);
  }
}

/**
 * Puts the switch back to what it was before the run. Where it is no longer off, somebody else has set it meanwhile,
 * and theirs stays. Never throws; gives why it is still off, or null.
 */
export async function putBack(
  calendar: CollectionSwitch,
  journal: Journal,
  former: string | null,
): Promise<string | null> {
  try {
    if ((await calendar.read()) === OFF) await calendar.set(former);
    await journal.commit({ k: 'switched-back' });
    return null;
  } catch (error) {
    return `${LEFT_OFF} ${toFailure(error).message}`;
  }
}

function openSwitchOf(before: Pick<Replay, 'switch'>): Replay['switch'] {
  return before.switch?.back === false ? before.switch : null;
}

/** Said wherever a run is shown that left its switch off. */
const LEFT_OFF =
  'Scheduling of this calendar is still switched off, so nobody is notified of changes in it. ' +
  'Resume the run, or undo it: either puts the switch back.';

/** What a run has changed on the server besides events and not put back; empty when there is nothing. */
export function switchesLeftOff(journal: Pick<Replay, 'switch'>): readonly string[] {
  return openSwitchOf(journal) === null ? [] : [LEFT_OFF];
}
