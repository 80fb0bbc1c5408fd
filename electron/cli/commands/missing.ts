import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MissingSession } from '../../engine/engine.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { day } from '../../../shared/model/job.ts';
import { isAllSeen, isAnyGone, type MissingResult } from '../../../shared/model/found/missing.ts';
import { readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { calendarUrl } from '../options/connection.ts';
import { connections, LOGIN_OPTIONS, LOGIN_USAGE, readLogin } from '../options/login.ts';
import { resolveSources, withEngine } from '../options/open-engine.ts';
import { jsonLine } from '../output/json-line.ts';
import { missingText, restoreOf } from '../output/missing-text.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';

export const MISSING_USAGE = `hushcal missing BACKUP… --calendar URL ${LOGIN_USAGE} [--since DATE] [--save FILE.ics] [--concurrency N] [--json]`;

/**
 * Holds backups against a calendar as it is now. Exit code 0: nothing is gone, and everything was seen; 1: something is
 * gone; 2: the command line is none, or the login is refused; 3: not everything could be seen, or stopped.
 */
export async function missingCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    calendar: 'text',
    ...LOGIN_OPTIONS,
    since: 'text',
    save: 'text',
    concurrency: 'text',
    runs: 'text',
    json: 'flag',
  });
  if (args.positionals.length === 0) throw new UsageError('Name the backups to compare: files, folders or archives.');
  if (args.positionals.includes('-'))
    throw new UsageError('A backup to compare is a file or a folder, not standard input.');
  connections(args);
  const spec = { calendarUrl: calendarUrl(args.required('calendar')), ...sinceOf(args) };
  const save = args.text('save');
  const json = args.flag('json');
  if (save !== undefined) await checkNew(save, io);
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  return withEngine(args, io, async (engine) => {
    const { connection } = await readLogin(engine, args, io, spec.calendarUrl);
    const sources = resolveSources(args.positionals, io);
    try {
      const session = await engine.missing(sources, spec, connection, {
        signal: over.signal,
        progress: progressTo(io),
      });
      try {
        clear(io);
        const saved = save === undefined ? null : await saveGone(session, save, io);
        const { result } = session;
        const restore = saved === null ? null : restoreOf(saved, spec.calendarUrl, args.required('user'));
        await print(io, json ? jsonLine({ kind: 'missing', ...result, restore }) : missingText(result, restore));
        return codeOf(result);
      } finally {
        await session.close();
      }
    } catch (error) {
      clear(io);
      return stoppedOrUnseen(error, over.signal.aborted, json, io);
    }
  });
}

function sinceOf(args: ParsedArgs): { readonly since?: string } {
  const text = args.text('since');
  if (text === undefined) return {};
  const since = day.safeParse(text);
  if (!since.success) throw new UsageError(`--since takes a day like 2026-11-23, not "${text}".`);
  return { since: since.data };
}

/** Before anything is read: the file must be a new one. */
async function checkNew(file: string, io: CliIo): Promise<void> {
  const isThere = await stat(resolve(io.cwd, file)).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${file} is there already; name a new file with --save.`);
}

/** What is gone, as a file that can be restored; null where nothing is. Gives the path as it was typed. */
async function saveGone(session: MissingSession, file: string, io: CliIo): Promise<string | null> {
  const gone = session.result.entries.filter(({ state }) => state === 'gone').map(({ id }) => id);
  if (gone.length === 0) return null;
  await session.save(gone, resolve(io.cwd, file));
  return file;
}

function codeOf(result: MissingResult): number {
  if (!isAllSeen(result)) return EXIT.interrupted;
  return isAnyGone(result) ? EXIT.trouble : EXIT.done;
}

/** A calendar that cannot be listed could not be seen; what a person has to set right first is an error as everywhere. */
async function stoppedOrUnseen(error: unknown, stopped: boolean, json: boolean, io: CliIo): Promise<number> {
  if (stopped) {
    tell(io, 'Stopped. Nothing was changed.');
    return EXIT.interrupted;
  }
  if (!(error instanceof HushError) || error.failure.reaction === 'fix-input') throw error;
  tell(io, error.failure.message);
  if (json) await print(io, jsonLine({ kind: 'problem', failure: error.failure }));
  return EXIT.interrupted;
}

function progressTo(io: CliIo) {
  return (now: {
    readonly backup: number;
    readonly backups: number;
    readonly done: number;
    readonly of: number;
  }): void => {
    if (io.stderr.isTTY !== true) return;
    const { backup, backups, done, of } = now;
    const what = backup === 0 ? 'calendar' : `backup ${backup} of ${backups}`;
    io.stderr.write(`\r\u001b[K${what}${of === 0 ? '' : `, ${done} of ${of}`}`);
  };
}

function clear(io: CliIo): void {
  if (io.stderr.isTTY === true) io.stderr.write('\r\u001b[K');
}
