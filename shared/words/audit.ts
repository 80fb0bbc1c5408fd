import type { AuditBy, AuditLine, AuditVerdict, AuditWhat } from '../model/kept/audit.ts';
import { formatNumber, listWords, plural } from './format.ts';
import { ASSURANCE_TITLES, modeTitle } from './modes.ts';
import { OUTCOMES, type Totals } from '../model/outcome.ts';

/** What was done, in a word or two. */
const DONE: Readonly<Record<AuditWhat, string>> = {
  consent: 'Confirmed',
  start: 'Started',
  stop: 'Stopped',
  end: 'Ended',
  canary: 'Test event',
  'canary-end': 'Test event ended',
  login: 'Login for another user',
  trust: 'Certificate trusted',
  delete: 'Deleted',
  unlock: 'Unlocked',
  mended: 'Torn line',
};

/** What was done, as a title. */
export function auditTitle(line: AuditLine): string {
  if ('resumed' in line && line.resumed) return line.what === 'consent' ? 'Resume confirmed' : 'Resumed';
  return DONE[line.what];
}

/** Who did it: account and computer, as far as the system says them. */
export function auditWho({ user, uid, host }: AuditBy): string {
  const account = user ?? (uid === null ? 'unknown account' : `account ${uid}`);
  return host === null ? account : `${account} on ${host}`;
}

/** What it was about, in one line. */
export function auditDetails(line: AuditLine): string {
  switch (line.what) {
    case 'consent':
    case 'start':
      return [
        jobOf(line),
        line.target === null ? plural(line.numbers.calendars, 'calendar') : placeOf(line.target),
        plural(line.numbers.events, 'event'),
        `${plural(line.numbers.messages, 'message')} to ${plural(line.numbers.people, 'person', 'people')}`,
        modeOf(line.mode),
        ...(line.ticket === undefined ? [] : [`ticket ${line.ticket}`]),
      ].join(' · ');
    case 'stop':
      return jobOf(line);
    case 'end':
      return [jobOf(line), line.status, totalsOf(line.totals), ...line.problems].join(' · ');
    case 'canary':
      return `${line.user} · ${line.calendarUrl}`;
    case 'canary-end':
      return [line.create && line.update ? 'quiet' : 'not proved to be quiet', ...line.problems].join(' · ');
    case 'login':
      return `${line.actor} for ${line.user} · ${line.way} · ${line.server}`;
    case 'trust':
      return `${line.host ?? 'any server'} · ${line.sha256}`;
    case 'delete':
      return `${line.things}: ${line.names.join(', ')}`;
    case 'unlock':
      return line.id;
    case 'mended':
      return `the line before it, after ${plural(line.octets, 'octet')}`;
  }
}

/** What a look at the whole file says: the whole lines, and apart from them the torn ones. */
export function verdictWords({ lines, sound, torn }: AuditVerdict): string {
  const whole = lines === 0 ? 'No whole line' : plural(lines, 'line');
  const kept = lines === 0 && sound ? '' : `, ${sound ? 'each' : 'not'} as it was written`;
  const named = torn.filter((tear) => tear.named).map(({ line }) => String(line));
  const last = torn.find((tear) => !tear.named);
  return [
    `${whole}${kept}.`,
    ...(named.length === 1 ? [`A crash tore line ${listWords(named)}, as the line after it says.`] : []),
    ...(named.length > 1 ? [`Crashes tore lines ${listWords(named)}, as the lines after them say.`] : []),
    ...(last === undefined ? [] : [`A crash tore line ${last.line}, the last one.`]),
  ].join(' ');
}

function jobOf(line: { readonly job: string; readonly id: string; readonly batch?: string | undefined }): string {
  return line.batch === undefined ? `${line.job} ${line.id}` : `${line.job} ${line.id} of ${line.batch}`;
}

/** `Notify nobody (verified version)`; where the server does otherwise, that too. */
function modeOf({ asked, effective, assurance }: Extract<AuditLine, { readonly what: 'consent' }>['mode']): string {
  const titles = [...new Set([modeTitle(asked), effective === null ? 'blocked' : modeTitle(effective)])];
  return `${titles.join(' → ')} (${assurance.map((one) => ASSURANCE_TITLES[one]).join(', ')})`;
}

function placeOf({
  user,
  behalf,
  calendarUrl,
}: {
  readonly user: string;
  readonly behalf?: string | undefined;
  readonly calendarUrl: string;
}): string {
  return `${behalf === undefined ? user : `${user} for ${behalf}`} · ${calendarUrl}`;
}

function totalsOf(totals: Totals): string {
  const used = OUTCOMES.filter((outcome) => totals[outcome] > 0).map(
    (outcome) => `${formatNumber(totals[outcome])} ${outcome}`,
  );
  return used.length === 0 ? 'nothing to do' : used.join(' + ');
}
