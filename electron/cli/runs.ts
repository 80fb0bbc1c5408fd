import { REPORT_FORMATS, type RunEntry } from '../../shared/model/report.ts';
import { actorName } from '../engine/jobs/names.ts';
import { oneOf, readArgs, UsageError } from './args.ts';
import { totalsText } from './follow.ts';
import { EXIT, print, type CliIo } from './io.ts';
import { withEngine } from './open-engine.ts';

export const RUNS_USAGE = 'hushcal runs [--runs DIR] [--json]';
export const REPORT_USAGE = 'hushcal report RUN [--format html|csv|json] [--runs DIR]';

/** Lists the runs, newest first. */
export async function runsCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { runs: 'text', json: 'flag' });
  if (args.positionals.length > 0) throw new UsageError('runs takes no names.');
  return withEngine(args, io, async (engine) => {
    const runs = await engine.runs();
    if (args.flag('json')) await print(io, runs.map((run) => JSON.stringify(run)).join('\n'));
    else await print(io, runs.length === 0 ? 'There are no runs yet.' : runs.map(runText).join('\n'));
    return EXIT.done;
  });
}

function runText(run: RunEntry): string {
  const status = run.running ? 'running' : run.status;
  const told = run.told === 0 ? 'nobody told' : `${run.told} told`;
  const place = `${actorName(run)} "${run.calendar}" on ${run.server}`;
  const open = run.leftOver === undefined ? '' : ` ${run.leftOver.join(' ')}`;
  return `${run.runId}  ${run.job.padEnd(7)}  ${status.padEnd(11)}  ${place}  ${totalsText(run.totals)}; ${told}${open}`;
}

/** Prints the report of one run. */
export async function reportCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { format: 'text', runs: 'text', json: 'flag' });
  const [runId, ...more] = args.positionals;
  if (runId === undefined || more.length > 0) throw new UsageError('Name one run; "hushcal runs" lists them.');
  const format = oneOf(args.text('format') ?? 'json', 'format', REPORT_FORMATS);
  return withEngine(args, io, async (engine) => {
    await print(io, (await engine.exportReport(runId, format)).replace(/\r?\n$/, ''));
    return EXIT.done;
  });
}
