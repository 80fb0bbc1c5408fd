import { actorName, loginName } from '../../shared/text/display-names.ts';
import type { BatchMember } from '../../shared/model/batch/batch.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import type { ServerInfo } from '../../shared/model/server.ts';
import { hostOf, plural } from '../words/format.ts';

/** Where the job on screen writes. */
export interface WriteTarget {
  /** False only where it is known to be the practice server of this app. */
  readonly live: boolean;
  /** Null while it is not known yet. */
  readonly host: string | null;
  readonly user: string | null;
  readonly calendar: string | null;
}

/** Nothing is known yet of a job that writes: it counts as live. */
const UNKNOWN: WriteTarget = { live: true, host: null, user: null, calendar: null };

/** A server out of the list, and the calendar that was chosen there. */
export function targetOnServer(
  server: ServerInfo,
  calendar: string | null,
  forUser: string | null = null,
): WriteTarget {
  return { live: !server.practice, host: hostOf(server.url), user: loginName(server, forUser), calendar };
}

/** The calendar of a run that is taken back, tried again or read in History. */
export function targetOfRun(run: RunEntry, servers: readonly ServerInfo[]): WriteTarget {
  return {
    live: !isPractice(hostOf(run.calendarUrl), servers),
    host: hostOf(run.calendarUrl),
    user: actorName(run),
    calendar: run.calendar,
  };
}

/** The calendars of a batch: one is named, of several the number. */
export function targetOfMembers(members: readonly BatchMember[], servers: readonly ServerInfo[]): WriteTarget {
  const hosts = [...new Set(members.flatMap(({ calendarUrl }) => (calendarUrl === null ? [] : [hostOf(calendarUrl)])))];
  const [first] = members;
  if (first === undefined || hosts.length === 0) return UNKNOWN;
  const users = new Set(members.map(({ mailbox }) => mailbox));
  return {
    live: hosts.some((host) => !isPractice(host, servers)),
    host: hosts.join(', '),
    user: users.size === 1 ? first.mailbox : plural(users.size, 'user'),
    calendar: members.length === 1 ? first.calendar : plural(members.length, 'calendar'),
  };
}

function isPractice(host: string, servers: readonly ServerInfo[]): boolean {
  return servers.some((server) => server.practice && hostOf(server.url) === host);
}
