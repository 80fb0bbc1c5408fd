import type { Resolution } from '../../../shared/model/plan.ts';
import { copied, ELSEWHERE, is, type Decision, type SourceState, type TargetState } from './table.ts';

/** What stands against an event that its calendar does not hold. */
export type Against = 'elsewhere' | 'trash' | 'unseen';

const AGAINST: Readonly<Partial<Record<TargetState, Against>>> = {
  elsewhere: 'elsewhere',
  'in-trash': 'trash',
  'in-trash-refuses': 'trash',
  'in-trash-purges': 'trash',
  'in-trash-unknown': 'trash',
  unseen: 'unseen',
};

/** Where it is; undefined where nothing stands against it, or it is in the calendar itself. */
export function againstOf(target: TargetState): Against | undefined {
  return AGAINST[target];
}

const NOTHING_THERE = is('skip', 'Nothing of it lies in the trash bin.');

const SETTLED: Readonly<Record<Against | 'calendar', Readonly<Record<Resolution, Decision>>>> = {
  calendar: {
    backup: is('update', "The server's copy is replaced, as you chose."),
    server: is('skip', "The server's copy is kept, as you chose."),
    copy: copied('Added beside the existing event, as you chose.'),
    // Not offered, here and below: nothing lies in the trash bin.
    trash: NOTHING_THERE,
  },
  elsewhere: {
    // Not offered: nothing in this calendar could be replaced.
    backup: ELSEWHERE,
    server: is('skip', 'The event in the other calendar is kept, as you chose.'),
    copy: copied('Added as a copy of the event in the other calendar, as you chose.'),
    trash: NOTHING_THERE,
  },
  unseen: {
    backup: is('create', 'Stored anyway, as you chose.'),
    server: is('skip', 'Left out, as you chose: it may be what cannot be read.'),
    copy: copied('Added as a copy, as you chose.'),
    trash: NOTHING_THERE,
  },
  trash: {
    backup: is('create', 'Stored anyway, as you chose; the text of the deleted one is saved with the run first.'),
    server: is('skip', 'Left deleted, as you chose.'),
    copy: copied('Added as a copy of the deleted event, as you chose.'),
    trash: {
      ...is('create', 'The deleted event is restored from the trash bin as it was, as you chose; nobody is notified.'),
      fromBin: true,
    },
  },
};

const ANY: readonly Resolution[] = ['backup', 'server', 'copy'];
/** What cannot be replaced safely, or not at all. */
const BESIDE: readonly Resolution[] = ['server', 'copy'];
const NOT_REPLACED: readonly TargetState[] = [
  'other-kind',
  'untagged',
  'shared',
  'apart',
  'elsewhere',
  'in-trash-refuses',
];

/**
 * How a person may settle a resource; undefined where there is nothing to settle. `givesBack`: the server is known to restore
 * what lies in its trash bin without a message.
 */
export function choicesOf(
  source: SourceState,
  target: TargetState,
  givesBack = false,
): readonly Resolution[] | undefined {
  if (source !== 'ready' || target === 'absent' || target === 'same') return undefined;
  const choices = NOT_REPLACED.includes(target) ? BESIDE : ANY;
  return againstOf(target) === 'trash' && givesBack ? [...choices, 'trash'] : choices;
}

/** What becomes of a resource that a person settled. */
export function settle(choice: Resolution, target: TargetState): Decision {
  return SETTLED[againstOf(target) ?? 'calendar'][choice];
}
