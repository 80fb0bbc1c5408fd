import type { Resolution } from '../../shared/model/plan.ts';
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
};

export const RESOLUTION_ORDER: readonly Resolution[] = ['backup', 'server', 'copy'];
