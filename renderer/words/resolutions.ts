import type { PlanRowDetail, Resolution } from '../../shared/model/plan.ts';
import { OPEN_DELETE } from '../../shared/words/trash-bin.ts';
import type { Tone } from './modes.ts';

interface ResolutionWords {
  /** On the button. */
  readonly deed: string;
  /** In the list, once it was chosen. */
  readonly mark: string;
  readonly tone: Tone;
  readonly means: string;
  readonly decided: string;
}

/** How a person settles an event that the server holds with another meaning. */
export const RESOLUTION_WORDS: Readonly<Record<Resolution, ResolutionWords>> = {
  backup: {
    deed: 'Use backup',
    mark: 'Use backup',
    tone: 'upd',
    means: "The backup replaces the server's copy, which is kept for an undo.",
    decided: "You chose the backup: it replaces the server's copy, which is kept for an undo.",
  },
  server: {
    deed: 'Keep server',
    mark: 'Keep server',
    tone: 'same',
    means: 'The copy on the server stays as it is.',
    decided: 'You chose the server: its copy stays as it is.',
  },
  copy: {
    deed: 'Add as a copy',
    mark: 'Add copy',
    tone: 'new',
    means: 'Both stay: the backup is added beside it as an event of its own.',
    decided: 'You chose both: the backup is added beside it as an event of its own.',
  },
  trash: {
    deed: 'Restore from the trash bin',
    mark: 'From trash bin',
    tone: 'new',
    means: 'The deleted event is restored from the trash bin as it was, and nobody is notified.',
    decided: 'You chose the trash bin: the deleted event is restored from it as it was, and nobody is notified.',
  },
};

type Against = NonNullable<PlanRowDetail['against']>;

/** The same choices where what has the UID is not in the calendar itself. */
const WORDS_AGAINST: Readonly<Record<Against, Readonly<Record<Resolution, ResolutionWords>>>> = {
  elsewhere: {
    ...RESOLUTION_WORDS,
    server: {
      ...RESOLUTION_WORDS.server,
      deed: 'Keep the other one',
      means: 'The event in the other calendar stays as it is, and nothing is added here.',
      decided: 'You chose the event in the other calendar: nothing is added here.',
    },
    copy: {
      ...RESOLUTION_WORDS.copy,
      means: 'The backup is added here as an event of its own; the one in the other calendar stays.',
      decided: 'You chose both: the backup is added here as an event of its own.',
    },
  },
  unseen: {
    ...RESOLUTION_WORDS,
    backup: {
      ...RESOLUTION_WORDS.backup,
      deed: 'Store it',
      means: 'The backup is stored. If the calendar holds it already, unreadable, it is stored twice or refused.',
      decided: 'You chose to store it, although something in the calendar cannot be read.',
    },
    server: {
      ...RESOLUTION_WORDS.server,
      deed: 'Leave out',
      means: 'Nothing is stored: the event may be there already.',
      decided: 'You chose to leave it out: nothing is stored.',
    },
    copy: {
      ...RESOLUTION_WORDS.copy,
      means: 'The backup is added as an event of its own.',
      decided: 'You chose a copy: the backup is added as an event of its own.',
    },
  },
  trash: {
    ...RESOLUTION_WORDS,
    backup: {
      ...RESOLUTION_WORDS.backup,
      deed: 'Store it',
      means:
        'The backup is stored. The server may remove the deleted event for good; its text is saved with the run first.',
      decided: 'You chose to store it: the text of the deleted event is saved with the run first.',
    },
    server: {
      ...RESOLUTION_WORDS.server,
      deed: 'Leave deleted',
      means: 'The event stays in the trash bin of the server, and nothing is stored.',
      decided: 'You chose to leave it deleted: nothing is stored.',
    },
    copy: {
      ...RESOLUTION_WORDS.copy,
      means: 'The backup is added as an event of its own; the deleted one stays in the trash bin.',
      decided:
        'You chose a copy: the backup is added as an event of its own, and the deleted one stays in the trash bin.',
    },
  },
};

/** What stands against an event, before anybody has decided. */
export const AGAINST_WORDS: Readonly<Record<Against, string>> = {
  elsewhere: 'Another calendar of this user holds it: nothing in this calendar could be replaced.',
  unseen: 'Something in this calendar cannot be read, and may be this event.',
  trash: `It was deleted from this calendar, and the server still has it in its trash bin. ${OPEN_DELETE}`,
};

/** The words of the choices for one event. */
export function wordsFor(against: Against | undefined): Readonly<Record<Resolution, ResolutionWords>> {
  return against === undefined ? RESOLUTION_WORDS : WORDS_AGAINST[against];
}

export const RESOLUTION_ORDER: readonly Resolution[] = ['trash', 'backup', 'server', 'copy'];
