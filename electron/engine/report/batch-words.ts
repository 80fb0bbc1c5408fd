import type { BatchKind, MemberReport, MemberState } from '../../../shared/model/batch/batch.ts';
import { outcomeWords } from './words.ts';
import { formatNumber } from '../../../shared/words/format.ts';

export function batchTitle(kind: BatchKind): string {
  const titles: Readonly<Record<BatchKind, string>> = {
    migrate: 'Migration',
    cleanup: 'Clean-up',
    announce: 'Announcement',
    undo: 'Undo',
    restore: 'Restore',
  };
  return titles[kind];
}

export function stateWords(state: MemberState): string {
  const words: Readonly<Record<MemberState, string>> = {
    queued: 'not begun',
    checking: 'being checked',
    moving: 'being written',
    verifying: 'being read back',
    done: 'done and verified',
    'needs-attention': 'needs attention',
    stopped: 'in the middle',
  };
  return words[state];
}

/** `2 conflict: …; 1 rejected: …`: what did not come through, which every job says alike. */
export function differenceWords({ differences }: Pick<MemberReport, 'differences'>): string {
  return differences
    .map(
      ({ outcome, count, what }) =>
        `${formatNumber(count)} ${outcomeWords(outcome, 'restore')}${what === '' ? '' : `: ${what}`}`,
    )
    .join('; ');
}
