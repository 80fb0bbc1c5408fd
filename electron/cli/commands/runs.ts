import type { Engine, History } from '../../engine/engine.ts';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import type { DamagedRun } from '../../../shared/model/kept/kept.ts';
import { REPORT_FORMATS, type ReportFormat, type RunEntry } from '../../../shared/model/kept/report.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { oneOf, readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { batchLine, ticketText } from './resume-undo/batch-resume-undo.ts';
import { totalsText } from '../running/follow.ts';
import { EXIT, print, type CliIo } from '../io.ts';
import { namedFolder, withRuns } from '../options/open-engine.ts';
import { jsonLine } from '../output/json-line.ts';

export const RUNS_USAGE = 'hushcal runs [RUN] [--runs DIR] [--json]';
export const REPORT_USAGE = 'hushcal report RUN | --merge DIR… [--mailbox USER] [--format html|csv|json] [--runs DIR]';

/**
 * Lists the runs, newest first. A run over several calendars is one line; named, it lists the runs of its calendars. JSON
 * holds all of them.
 */
export async function runsCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { runs: 'text', json: 'flag' });
  const [name, ...more] = args.positionals;
  if (more.length > 0) throw new UsageError('runs takes one name at most: that of a run over several calendars.');
  return withRuns(args, io, async (engine) => {
    const { runs, batches, damaged } = name === undefined ? await engine.history() : await runsOf(engine, name);
    if (args.flag('json')) {
      const lines = [...batches, ...runs, ...damaged.map((one) => ({ ...one, damaged: true }))];
      await print(io, lines.map(jsonLine).join('\n'));
    } else {
      const listed = new Set(batches.map(({ batchId }) => batchId));
      const alone = runs.filter(({ batch }) => batch === undefined || !listed.has(batch));
      await print(io, listText(batches, alone, damaged));
    }
    return EXIT.done;
  });
}

/** The runs of the calendars of a batch. Throws UsageError where there is none of this name. */
async function runsOf(engine: Engine, name: string): Promise<History> {
  if (!(await engine.isBatch(name))) {
    throw new UsageError(`There is no run over several calendars with the name "${name}".`);
  }
  return { runs: (await engine.runs()).filter(({ batch }) => batch === name), batches: [], damaged: [] };
}

function listText(batches: readonly BatchEntry[], runs: readonly RunEntry[], damaged: readonly DamagedRun[]): string {
  const lines = [...batches.map(batchLine), ...runs.map(runText), ...damaged.map(damagedText)];
  // Both begin with their id, which sorts by time.
  return lines.length === 0 ? 'There are no runs yet.' : lines.sort((a, b) => (a < b ? 1 : -1)).join('\n');
}

function damagedText(run: DamagedRun): string {
  return `${run.runId}  damaged  ${damageText(run)}`;
}

/** What is wrong with a run, and the way out. */
export function damageText({ runId, message, advice, keepsOriginals }: DamagedRun): string {
  const how = keepsOriginals ? `"hushcal verify ${runId} --originals FOLDER" writes it out.` : '';
  return [message, advice, how].filter((part) => part !== '').join(' ');
}

function runText(run: RunEntry): string {
  const status = run.running ? 'running' : run.status;
  const notified = run.notified === 0 ? 'nobody notified' : `${run.notified} notified`;
  const place = `${actorName(run)} "${run.calendar}" on ${run.server}`;
  const open = run.leftOver === undefined ? '' : ` ${run.leftOver.join(' ')}`;
  return `${run.runId}  ${run.job.padEnd(7)}  ${status.padEnd(11)}  ${place}  ${totalsText(run.totals)}; ${notified}${ticketText(run)}${open}`;
}

/** Prints the report of one run, of one mailbox of it, or of several parts of one job. */
export async function reportCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { merge: 'list', mailbox: 'text', format: 'text', runs: 'text', json: 'flag' });
  const format = oneOf(args.text('format') ?? 'json', 'format', REPORT_FORMATS);
  const parts = args.list('merge');
  if (parts.length > 0) return merge([...parts, ...args.positionals], format, args, io);
  const [runId, ...more] = args.positionals;
  if (runId === undefined || more.length > 0) throw new UsageError('Name one run; "hushcal runs" lists them.');
  return withRuns(args, io, async (engine) => {
    await print(io, (await reportText(engine, runId, format, args)).replace(/\r?\n$/, ''));
    return EXIT.done;
  });
}

async function reportText(engine: Engine, runId: string, format: ReportFormat, args: ParsedArgs): Promise<string> {
  const mailbox = args.text('mailbox') ?? null;
  if (await engine.isBatch(runId)) return engine.exportBatchReport(runId, format, mailbox);
  if (mailbox !== null) throw new UsageError('--mailbox goes with a run over several calendars.');
  let text = '';
  for await (const piece of await engine.exportReport(runId, format)) text += piece;
  return text;
}

async function merge(folders: readonly string[], format: ReportFormat, args: ParsedArgs, io: CliIo): Promise<number> {
  if (args.text('mailbox') !== undefined) throw new UsageError('--mailbox goes with one run, not with --merge.');
  return withRuns(args, io, async (engine) => {
    const text = await engine.mergeReports(
      folders.map((folder) => namedFolder(folder, io)),
      format,
    );
    await print(io, text.replace(/\r?\n$/, ''));
    return EXIT.done;
  });
}
