import { HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import type { NewCalendar } from '../../../../shared/model/plan.ts';
import type { CalendarMaker } from '../../caldav/objects/make-calendar.ts';
import { Backoff } from '../../caldav/transport/backoff.ts';
import type { CalendarStore, WriteResult } from '../../caldav/types.ts';
import type { RunControl } from '../control.ts';
import type { Journal } from '../kept/journal.ts';
import type { Replay } from '../kept/replay.ts';

interface Making {
  readonly calendar: NewCalendar;
  readonly maker: CalendarMaker;
  readonly store: CalendarStore;
  readonly journal: Journal;
  readonly control: RunControl;
  readonly before: Replay['calendar'];
  /** Scheduling headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** How many calendars this server makes in an hour; null where it is not known to count them. */
  readonly perHour: number | null;
  /** Says that the server lets us wait. */
  waiting(reason: string, seconds: number): void;
}

/**
 * Makes the calendar of a run, once: the intent is durable before the request, and what became of a request without an
 * answer is read. A calendar that is found after an intent of ours is ours when it is empty.
 *
 * @throws HushError (stop-job): nothing was written but, at most, the empty calendar
 */
export async function makeCalendar(making: Making): Promise<void> {
  const { before, maker, journal, calendar } = making;
  const there = await maker.look();
  if (before.made) {
    if (there === 'calendar') return;
    throw stop(
      'CALENDAR_GONE',
      'The calendar that this run made is gone from the server, so nothing more was written.',
    );
  }
  if (there === 'other') throw stop('CALENDAR_ADDRESS_TAKEN', `Something else stands at ${calendar.url} by now.`);
  if (there === 'calendar') {
    if (!before.intended) throw stop('PLAN_EXPIRED', 'A calendar was made there meanwhile. Make the plan again.');
    await claimEmpty(making);
  } else {
    await journal.commit({ k: 'making', url: calendar.url });
    await send(making);
  }
  const { notSet, adjusted } = await maker.describe(calendar, making.headers);
  await journal.commit({ k: 'made', url: calendar.url, notSet: [...notSet], adjusted: [...adjusted] });
}

async function send(making: Making): Promise<void> {
  const { maker, calendar, headers, control, perHour } = making;
  // Making an empty calendar notifies nobody.
  const backoff = new Backoff(perHour === null ? 'silentWrite' : 'makeRationed');
  for (;;) {
    const result = await maker.make(calendar, headers);
    if (result.kind === 'done') return;
    if (result.kind === 'refused') throw refused(calendar, result);
    if (result.kind === 'lost' && (await maker.look()) === 'calendar') return claimEmpty(making);
    const next = backoff.after(result);
    if (next.kind === 'give-up') throw refused(calendar, result);
    if (result.kind === 'later') making.waiting(laterWords(result.message, perHour), next.seconds);
    if (!(await control.wait(next.seconds))) throw stop('STOPPED', 'The run was stopped before the calendar was made.');
  }
}

function laterWords(message: string, perHour: number | null): string {
  return perHour === null
    ? message
    : `This server makes ${perHour} calendars in an hour for each user, and may let this one wait for up to an hour.`;
}

/** What may be ours is ours when nothing is in it. */
async function claimEmpty({ store, calendar }: Making): Promise<void> {
  const { objects, unseen } = await store.list();
  if (objects.length + unseen.length === 0) return;
  throw stop(
    'CALENDAR_ADDRESS_TAKEN',
    `There is a calendar at ${calendar.url} by now, and it is not empty: it is not known to be the one of this run.`,
  );
}

function refused({ url }: NewCalendar, { message }: Exclude<WriteResult, { kind: 'done' }>): HushError {
  return stop('CALENDAR_NOT_MADE', `The calendar could not be made at ${url}, so nothing was written. ${message}`);
}

function stop(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'stop-job' });
}
