import type { Match } from '../../../shared/model/batch/cleanup.ts';

/** One event that was found, and what it is grouped by. */
export interface SearchHit {
  readonly match: Match;
  readonly shape: string;
  readonly textKey: string;
  readonly words: string;
}
