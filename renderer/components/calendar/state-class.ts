import type { OccurrenceState } from '../../../shared/model/found/occurrences.ts';
import styles from './calendar.module.css';

/** How an event looks by what becomes of it; what stays as it is has no look of its own. */
export const STATE_CLASS: Readonly<Record<OccurrenceState, string | null>> = {
  added: styles.added,
  changed: styles.changed,
  replaced: styles.replaced,
  removed: styles.removed,
  conflict: styles.conflict,
  rejected: styles.rejected,
  leftOut: styles.leftOut,
  kept: null,
  other: styles.other,
};
