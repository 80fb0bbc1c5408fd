import type { PlanHeader, PlanStep } from './types.ts';
import type { Work } from '../yielding.ts';
import { countsAs, droppedBy } from './rows.ts';

/** A hash that is fed piece by piece; an argument, so that planning stays free of Node. */
interface Hash {
  update(text: string): unknown;
  /** Of everything it was fed, in lower-case hexadecimals. */
  digest(): string;
}
export type NewHash = () => Hash;

/** Lines that are hashed together. */
const PORTION = 500;

/**
 * The plan's hash: who logs in, everything the run will do, and everything it will leave, in a stable order. What only
 * describes (titles, numbers, the time) is not part of it, so that the same plan made a minute later has the same hash.
 */
export function* hashPlan(header: PlanHeader, steps: readonly PlanStep[], newHash: NewHash): Work<string> {
  const hash = newHash();
  hash.update(headerLines(header).join('\n'));
  for (let from = 0; from < steps.length; from += PORTION) {
    hash.update(stepLines(steps.slice(from, from + PORTION)));
    yield;
  }
  return hash.digest();
}

function headerLines(header: PlanHeader): readonly string[] {
  const lines = [JSON.stringify(['hushcal-plan', 1, header.job, header.url, header.asked, header.effective])];
  if (header.makes !== null) lines.push(JSON.stringify(['make-calendar', header.makes]));
  if (header.workaround !== null) lines.push(JSON.stringify(['instead', header.workaround]));
  if (header.who.length > 0) lines.push(JSON.stringify(['login', ...header.who]));
  return lines;
}

/** Each with the line end before it. */
function stepLines(steps: readonly PlanStep[]): string {
  return steps.map((step) => `\n${stepLine(step)}`).join('');
}

function stepLine(step: PlanStep): string {
  const { row, etag, digest, deleted } = step;
  const dropped = droppedBy(step);
  const bin = row.bin === undefined ? [] : ['bin', row.bin, ...(row.bin === 'restore' ? [deleted] : [])];
  const more = [
    ...bin,
    ...(dropped === null ? [] : ['trash', dropped]),
    ...(step.forGood === true ? ['for-good'] : []),
  ];
  return JSON.stringify([row.uid, row.href, countsAs(row), etag, digest, row.actingAs, row.file, row.line, ...more]);
}
