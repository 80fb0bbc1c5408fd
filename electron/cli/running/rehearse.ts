import { openTempFolder } from '../../engine/engine.ts';
import type { CapturedMessage, Rehearsal } from '../../../shared/model/rehearsal.ts';
import type { PreparedJob } from '../../engine/types.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { totalsText } from './follow.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { oneLine } from '../output/plan-text.ts';
import { progressTo } from '../output/progress.ts';
import { jsonLine } from '../output/json-line.ts';

/** Messages that are listed one by one; all are in the JSON. */
const LISTED = 50;

/**
 * Runs a plan on a copy of its calendar and says what would have gone out. As JSON: the events of the rehearsed run, then
 * one line `{"v":1,"kind":"rehearsal",…}`. Gives the exit code: 0 when everything would come through, 1 when not.
 */
export async function rehearseAndShow(job: PreparedJob, io: CliIo, json: boolean): Promise<number> {
  const temp = await openTempFolder();
  try {
    const result = await rehearse(job, {
      tempDir: temp.path,
      progress: progressTo(io),
      heard: (events) => (json ? print(io, events.map(jsonLine).join('\n')) : undefined),
    });
    await print(io, json ? jsonLine({ kind: 'rehearsal', ...result }) : rehearsalText(result));
    tell(io, 'This was a dry run on a copy: nothing was written to the real calendar, and nobody was notified.');
    return result.status === 'complete' ? EXIT.done : EXIT.trouble;
  } finally {
    await temp.remove();
  }
}

/** A rehearsal as a person reads it. */
function rehearsalText({ totals, verified, messages, calendars, problems }: Rehearsal): string {
  const changed = calendars.map(({ user, events }) => `  ${oneLine(user)} (${String(events)})`);
  return [
    `Dry run     ${totalsText(totals)}; read back and as it should be: ${String(verified)}.`,
    ...problems.map((problem) => `Problem     ${oneLine(problem)}`),
    `Calendars   ${changed.length === 0 ? 'of other people: none would change' : 'of other people that would change:'}`,
    ...changed,
    `Messages    ${messages.length === 0 ? 'none would go out' : `${String(messages.length)} would go out:`}`,
    ...messages.slice(0, LISTED).map(messageText),
    ...(messages.length > LISTED ? [`  … and ${String(messages.length - LISTED)} more; --json lists all.`] : []),
  ].join('\n');
}

function messageText({ method, to, kind, summary }: CapturedMessage): string {
  const way = kind === 'imip' ? 'mail to' : 'inbox of';
  return `  ${method.padEnd(8)} ${way} ${oneLine(to)}: ${oneLine(summary)}`;
}
