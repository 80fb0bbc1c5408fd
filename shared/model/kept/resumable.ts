import type { RunEntry } from './report.ts';

/** A run that ended before its end; what is unknown in it is read by the resume, so there is nothing to retry yet. */
export function canResume(run: RunEntry): boolean {
  return (run.status === 'stopped' || run.status === 'interrupted') && !run.running;
}
