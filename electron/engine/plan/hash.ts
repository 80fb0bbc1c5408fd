import type { PlanHeader, PlanStep } from './types.ts';
import { countsAs, droppedBy } from './rows.ts';

/**
 * The text whose SHA-256 is the plan's hash: who logs in, everything the run will do, and everything it will leave, in a stable
 * order. What only describes (titles, numbers, the time) is not part of it, so that the same plan made a minute later
 * has the same hash.
 */
export function planText(header: PlanHeader, steps: readonly PlanStep[]): string {
  const lines = [JSON.stringify(['hushcal-plan', 1, header.job, header.url, header.asked, header.effective])];
  if (header.makes !== null) lines.push(JSON.stringify(['make-calendar', header.makes]));
  if (header.workaround !== null) lines.push(JSON.stringify(['instead', header.workaround]));
  if (header.who.length > 0) lines.push(JSON.stringify(['login', ...header.who]));
  for (const step of steps) {
    const { row, etag, digest } = step;
    const dropped = droppedBy(step);
    const more = dropped === null ? [] : ['trash', dropped];
    lines.push(
      JSON.stringify([row.uid, row.href, countsAs(row), etag, digest, row.actingAs, row.file, row.line, ...more]),
    );
  }
  return lines.join('\n');
}
