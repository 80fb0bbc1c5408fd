import type { RunSnapshot } from '../../shared/model/snapshot.ts';
import { countRows, countWrites } from './consent.ts';
import { formatDuration, formatNumber, formatPercent } from './format.ts';

/** How far a job is; what was there already and what cannot be restored is no part of it. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** Of the rows that are to be written, those that the writing has behind it. */
export function writeProgress({ summary, reached }: Pick<RunSnapshot, 'summary' | 'reached'>): Progress {
  if (summary === null) return { done: 0, of: 0 };
  const of = countWrites(summary);
  // What is not written has its outcome at once, before the first row is sent.
  return { done: Math.min(of, Math.max(0, reached - (countRows(summary) - of))), of };
}

/**
 * `64% · 47 events a second · about 5 s left`. `rate` in events a second: null while there is nothing to tell, 0 when the
 * server has not answered for a while, and then no time is promised.
 */
export function paceWords({ done, of }: Progress, rate: number | null): string {
  if (of === 0) return 'getting ready';
  const parts = [formatPercent(done, of)];
  if (rate === 0 && done < of) parts.push('waiting for the server');
  if (rate !== null && rate > 0) {
    parts.push(`${formatNumber(Math.max(1, Math.round(rate)))} events a second`);
    if (of > done) parts.push(`about ${formatDuration((of - done) / rate)} left`);
  }
  return parts.join(' · ');
}

/**
 * Why nothing goes on: as many rows wait to be sent again as requests may go out. Null while something does.
 */
export function haltedBy({ waiting, pace }: Pick<RunSnapshot, 'waiting' | 'pace'>): string | null {
  return pace !== null && waiting.length >= pace.connections ? (waiting.at(-1)?.reason ?? null) : null;
}
