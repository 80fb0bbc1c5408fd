import type { Engine } from '../../engine/engine.ts';
import { BATCH_LIMITS } from '../../../shared/model/defaults.ts';
import { behalfOf } from '../../../shared/model/login.ts';
import type { RestoreSpec } from '../../../shared/model/job.ts';
import type { OriginalPlace, RestoreSeveralSpec } from '../../../shared/model/batch/restore-several.ts';
import { UsageError, type ParsedArgs } from '../options/args.ts';
import { connections, readLogin } from '../options/login.ts';
import { readNote } from '../options/job-options.ts';
import { progressTo } from '../output/progress.ts';
import { plural } from '../output/words.ts';
import { tell, type CliIo } from '../io.ts';
import { showAndRunBatch } from './batch.ts';

/** What goes with one calendar only. */
const ONE_ONLY = ['calendar', 'calendar-name', 'resolve', 'rehearse'] as const;

/** Throws UsageError where the arguments do not fit a restore of all calendars to where they were. */
export function checkSeveral(args: ParsedArgs): void {
  if (!args.flag('to-original')) {
    for (const name of ['server', 'leave-out'])
      if (args.text(name) !== undefined || args.list(name).length > 0)
        throw new UsageError(`--${name} goes with --to-original.`);
    return;
  }
  for (const name of ONE_ONLY) {
    if (args.text(name) !== undefined || args.flag(name) || args.list(name).length > 0)
      throw new UsageError(`--${name} names or looks at one calendar; leave it out with --to-original.`);
  }
  if (args.positionals.includes('-'))
    throw new UsageError('A backup of several calendars is a file or a folder, not standard input.');
}

/** Restores every calendar of a backup to where it was: one plan, one consent, one report. */
export async function restoreSeveral(asked: RestoreSpec, args: ParsedArgs, io: CliIo, engine: Engine): Promise<number> {
  const { login, connection } = await readLogin(engine, args, io, args.required('server'));
  const found = await engine.originalPlaces(asked.sources, connection);
  const places = withoutLeftOut(found, args.list('leave-out'));
  const makes = args.flag('make-calendar');
  for (const { name, entries } of found)
    if (entries === 0) tell(io, `"${name}" is empty in the backup: nothing of it is restored.`);
  if (!args.flag('json')) for (const place of places) tell(io, placeText(place, makes));
  const { sources: _sources, calendarUrl: _url, makeCalendar: _made, ...rest } = asked;
  const behalf = behalfOf(login);
  const spec: RestoreSeveralSpec = {
    ...rest,
    ...(behalf === undefined ? {} : { behalf }),
    login,
    members: places.map(({ source, name, calendarUrl, calendarName, placedBy }) => ({
      source,
      name,
      calendarUrl,
      calendarName,
      ...(placedBy === 'new' && makes ? { makeCalendar: { name: calendarName.slice(0, 200), color: null } } : {}),
    })),
    limits: { ...BATCH_LIMITS, perOrigin: connections(args) },
  };
  const connect = (to: { readonly url: string }) => ({ ...connection, url: to.url });
  const batch = await engine.prepareBatch({ kind: 'restore', spec }, connect, progressTo(io));
  try {
    const request = {
      consent: args.consent,
      dryRun: args.flag('dry-run'),
      json: args.flag('json'),
      jobNote: readNote(args),
    };
    return await showAndRunBatch(batch, request, io);
  } finally {
    await batch.discard();
  }
}

/** Throws UsageError for a name that no calendar of the backup has, and where none is left. */
function withoutLeftOut(places: readonly OriginalPlace[], names: readonly string[]): readonly OriginalPlace[] {
  const unknown = names.find((name) => !places.some((place) => place.name === name));
  if (unknown !== undefined) {
    const known = places.map(({ name }) => `"${name}"`).join(', ');
    throw new UsageError(`No calendar of the backup is called "${unknown}"; it holds ${known}.`);
  }
  // Nothing was in it, so nothing is missing.
  const left = places.filter(({ name, entries }) => entries !== 0 && !names.includes(name));
  if (left.length === 0) throw new UsageError('No calendar is left to be restored.');
  return left;
}

function placeText({ name, entries, calendarName, calendarUrl, placedBy }: OriginalPlace, makes: boolean): string {
  const many = entries === null ? '' : ` (${plural(entries, 'event')})`;
  const how = {
    address: 'where it was',
    name: 'the calendar of that name',
    new: makes ? 'a new calendar' : 'there is none of this address or name; --make-calendar makes one',
  }[placedBy];
  return `"${name}"${many} → "${calendarName}" ${calendarUrl}: ${how}`;
}
