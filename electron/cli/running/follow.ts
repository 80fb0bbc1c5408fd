import { countWritten, OUTCOMES, TROUBLE, type Totals } from '../../../shared/model/outcome.ts';
import type { JobEvent, JobEventOf, RunStatus } from '../../../shared/model/job.ts';
import type { RunHandle } from '../../engine/types.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { rowText } from '../output/plan-text.ts';
import { jsonLine } from '../output/json-line.ts';

/** Exit code of a run that ended so. */
export function exitCodeOf(status: RunStatus): number {
  switch (status) {
    case 'complete':
      return EXIT.done;
    case 'incomplete':
      return EXIT.trouble;
    case 'refused':
      return EXIT.nothingWritten;
    case 'stopped':
    case 'interrupted':
      return EXIT.interrupted;
  }
}

/** Shows a run until it ends: every event as JSON, or what a person wants to read. Gives the exit code. */
export async function followRun(run: RunHandle, io: CliIo, json: boolean): Promise<number> {
  io.onStop?.(() => {
    tell(io, 'Stopping after the requests under way. The run can be resumed.');
    run.stop();
  });
  let code: number = EXIT.interrupted;
  // A server that told people anyway is not written to again: such a run is not resumed.
  let over = false;
  for await (const batch of run.events()) {
    over ||= batch.some((event) => event.kind === 'problem' && event.failure.code === 'NOTIFIED_ANYWAY');
    const isOver = over;
    const lines = json ? batch.map(jsonLine) : batch.flatMap((event) => eventText(event, isOver));
    await print(io, lines.join('\n'));
    if (!json) showProgress(batch, io);
    const settled = batch.find((event) => event.kind === 'settled');
    if (settled !== undefined) {
      code = exitCodeOf(settled.status);
      if (!json && settled.status !== 'refused') tell(io, nextText(settled, over));
    }
    for (const event of batch) if (event.kind === 'problem') tell(io, event.failure.message);
  }
  await run.finished;
  return code;
}

/** What a person reads of an event on standard output; most say nothing. */
function eventText(event: JobEvent, over: boolean): readonly string[] {
  switch (event.kind) {
    case 'item':
      return event.outcome !== 'planned' && TROUBLE.includes(event.outcome) ? [itemText(event)] : [];
    case 'settled':
      return [settledText(event, over)];
    default:
      return [];
  }
}

function itemText(item: JobEventOf<'item'>): string {
  return `${item.outcome.padEnd(9)} ${rowText(item)}`;
}

function settledText({ runId, status, totals, verified, mode }: JobEventOf<'settled'>, over: boolean): string {
  const written = countWritten(totals);
  return [
    `${over ? 'Stopped for good:' : STATUS_WORDS[status]} ${totalsText(totals)}.`,
    `Read back and as it should be: ${verified} of ${written}.`,
    `Mode: asked ${mode.asked} → ${mode.effective ?? 'blocked'}. ${mode.because}`,
    `Run ${runId}`,
  ].join('\n');
}

/** `4 created + 1 rejected = 5 entries`. */
export function totalsText(totals: Totals): string {
  const used = OUTCOMES.filter((outcome) => totals[outcome] > 0);
  const all = used.reduce((sum, outcome) => sum + totals[outcome], 0);
  const counts = used.map((outcome) => `${totals[outcome]} ${outcome}`);
  return counts.length > 1 ? `${counts.join(' + ')} = ${all} entries` : (counts[0] ?? 'nothing to do');
}

/** What can be done next, for a person; `resume` first where there is something left. */
function nextText({ runId, status, totals }: JobEventOf<'settled'>, over: boolean): string {
  const left = !over && (status === 'stopped' || status === 'interrupted');
  const commands = [
    ...(left ? [`hushcal resume ${runId}`] : []),
    `hushcal report ${runId} --format html`,
    ...(!left && totals.failed > 0 ? [`hushcal retry ${runId}`] : []),
    ...(countWritten(totals) > 0 ? [`hushcal undo ${runId}`] : []),
  ];
  return `Next: ${commands.join(', ')}`;
}

/** How a run ended, before its numbers. */
export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  complete: 'Done:',
  incomplete: 'Finished, but some events need attention:',
  stopped: 'Stopped, can be resumed:',
  interrupted: 'Interrupted, can be resumed:',
  refused: 'Nothing was written:',
};

function showProgress(batch: readonly JobEvent[], io: CliIo): void {
  if (io.stderr.isTTY !== true) return;
  for (const event of batch) {
    if (event.kind === 'phase')
      io.stderr.write(`\r${event.phase} ${event.done}${event.of === null ? '' : ` of ${event.of}`}   `);
    if (event.kind === 'waiting')
      tell(io, `\n${event.title}: ${event.reason} Again in ${Math.round(event.seconds)} s.`);
    if (event.kind === 'settled') io.stderr.write('\n');
  }
}
