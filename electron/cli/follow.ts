import { OUTCOMES, TROUBLE } from '../../shared/model/outcome.ts';
import type { JobEvent, JobEventOf, RunStatus } from '../../shared/model/job.ts';
import type { RunHandle } from '../engine/engine.ts';
import { EXIT, print, tell, type CliIo } from './io.ts';
import { rowText } from './plan-text.ts';

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
  for await (const batch of run.events()) {
    const lines = json ? batch.map((event) => JSON.stringify(event)) : batch.flatMap(eventText);
    await print(io, lines.join('\n'));
    if (!json) showProgress(batch, io);
    const settled = batch.find((event) => event.kind === 'settled');
    if (settled !== undefined) code = exitCodeOf(settled.status);
    for (const event of batch) if (event.kind === 'problem') tell(io, event.failure.message);
  }
  await run.finished;
  return code;
}

/** What a person reads of an event on standard output; most say nothing. */
function eventText(event: JobEvent): readonly string[] {
  switch (event.kind) {
    case 'item':
      return event.outcome !== 'planned' && TROUBLE.includes(event.outcome) ? [itemText(event)] : [];
    case 'settled':
      return [settledText(event)];
    default:
      return [];
  }
}

function itemText(item: JobEventOf<'item'>): string {
  return `${item.outcome.padEnd(9)} ${rowText(item)}`;
}

function settledText({ runId, status, totals, verified, mode }: JobEventOf<'settled'>): string {
  const counts = OUTCOMES.filter((outcome) => totals[outcome] > 0).map((outcome) => `${totals[outcome]} ${outcome}`);
  return [
    `${STATUS_WORDS[status]} ${counts.join(', ') || 'nothing to do'}; ${verified} verified.`,
    `Mode: asked ${mode.asked} → ${mode.effective ?? 'blocked'}. ${mode.because}`,
    `Run ${runId}`,
  ].join('\n');
}

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  complete: 'Done:',
  incomplete: 'Finished, but not everything came through:',
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
