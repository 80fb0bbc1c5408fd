import type { BackupPlace } from '../../engine/engine.ts';
import { dirname, resolve } from 'node:path';
import type { BackupResult } from '../../../shared/model/kept/backup.ts';
import { readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { calendarUrl } from '../options/connection.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { LOGIN_OPTIONS, LOGIN_USAGE, readLogin } from '../options/login.ts';
import { withEngine } from '../options/open-engine.ts';
import { plural } from '../output/words.ts';
import { jsonLine } from '../output/json-line.ts';
import { checkKeep, keepAfter, keepCommand } from './kept-backups/keep.ts';
import { backupProgressTo } from '../output/progress.ts';

export const BACKUP_USAGE =
  `hushcal backup --calendar URL… | --all --server URL ${LOGIN_USAGE} --out FILE.zip` +
  ' [--since OLD.zip] [--overwrite] [--concurrency N] [--json]' +
  ' | --keep 7d,4w,12m [--folder FOLDER] [--dry-run] [--yes]';

export async function backupCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    calendar: 'list',
    all: 'flag',
    server: 'text',
    ...LOGIN_OPTIONS,
    out: 'text',
    since: 'text',
    overwrite: 'flag',
    concurrency: 'text',
    json: 'flag',
    keep: 'text',
    folder: 'text',
    'dry-run': 'flag',
    yes: 'flag',
  });
  if (args.positionals.length > 0) throw new UsageError('Name the file of the backup with --out.');
  checkKeep(args);
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  const { signal } = over;
  if (args.text('folder') !== undefined) return keepCommand(args, signal, io);
  const urls = placesOf(args);
  const rule = args.text('keep');
  const out = resolve(io.cwd, withDate(args.required('out'), new Date()));
  const since = args.text('since');
  const options = {
    overwrite: args.flag('overwrite'),
    ...(since === undefined ? {} : { since: resolve(io.cwd, since) }),
  };
  const json = args.flag('json');
  return withEngine(args, io, async (engine) => {
    if (rule !== undefined) engine.checkRetention(rule);
    const { login, connection } = await readLogin(engine, args, io, urls[0] ?? args.required('server'));
    const places: readonly BackupPlace[] =
      urls.length === 0 ? [{ login, calendarUrl: null }] : urls.map((url) => ({ login, calendarUrl: url }));
    const connect = (to: { readonly url: string }) => ({ ...connection, url: to.url });
    let made = false;
    try {
      const result = await engine.backup(places, connect, out, options, backupProgressTo(io), signal);
      made = true;
      await print(io, json ? jsonLine({ kind: 'backup', ...result }) : backupText(result));
      if (result.failed.length > 0) {
        if (rule !== undefined) tell(io, 'Nothing was deleted: this backup is not complete.');
        return EXIT.trouble;
      }
      return rule === undefined ? EXIT.done : await keepAfter(engine, dirname(out), args, signal, io);
    } catch (error) {
      if (!signal.aborted) throw error;
      tell(
        io,
        made ? 'Stopped: the backup was made, and not every earlier one deleted.' : 'Stopped: no backup was kept.',
      );
      return EXIT.interrupted;
    }
  });
}

/** `{date}` in the name of the file: the day, by the clock of this computer. */
function withDate(name: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return name.replaceAll('{date}', `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
}

/** The calendars that were named; none means all of the user. Throws UsageError. */
function placesOf(args: ParsedArgs): readonly string[] {
  const calendars = args.list('calendar');
  if (args.flag('all') === calendars.length > 0) {
    throw new UsageError('Name calendars with --calendar URL, or say --all with --server URL.');
  }
  if (!args.flag('all') && args.text('server') !== undefined) throw new UsageError('--server goes with --all.');
  return calendars.map(calendarUrl);
}

/** How a backup went, for a person. */
export function backupText(result: BackupResult): string {
  const { calendars, events, bytes, reused, verified, gone, failed, warnings, file } = result;
  const taken = reused === 0 ? '' : `, ${reused} of them taken over from the earlier backup`;
  return [
    failed.length === 0 ? `Backup complete: ${file}` : `The backup is not complete: ${file}`,
    `${plural(events, 'event')} of ${plural(calendars, 'calendar')}, ${bytes} octets${taken}. Read back and equal: ${verified}.`,
    ...(gone === 0 ? [] : [`${plural(gone, 'event')} deleted on the server meanwhile.`]),
    ...warnings.map((warning) => `Careful: ${warning}`),
    ...failed.map(({ href, reason }) => `Missing: ${href}: ${reason}`),
  ].join('\n');
}
