import type { SchedulingMode, WriteMethod } from '../../../shared/model/scheduling.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import type { Delivers } from './types.ts';

/**
 * How a product is told by what it answers. Every condition given must hold. Header names in lower case; a header's
 * pattern may have one group, which is the version.
 */
export interface Fingerprint {
  readonly header?: readonly [name: string, pattern: RegExp];
  /** A DAV token of this shape is there. */
  readonly token?: RegExp;
  /** No DAV token of this shape is there. */
  readonly noToken?: RegExp;
  readonly path?: RegExp;
  /** The DAV tokens are exactly these. */
  readonly tokens?: readonly string[];
  /** The methods in `Allow` are exactly these. */
  readonly allow?: readonly string[];
}

/** Request headers that make one version range do what a mode says for some methods: filled from evidence only. */
export interface Honoured {
  readonly modes: readonly SchedulingMode[];
  readonly methods: readonly WriteMethod[];
  /** A version that starts with one of these; all versions when left out. */
  readonly versions?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Where it was seen: a test of ours, a source file. */
  readonly evidence: string;
}

export interface ServerProfile {
  readonly name: string;
  readonly fingerprints: readonly Fingerprint[];
  /**
   * `always`: schedules, or may; `never`: sends and changes nothing for anybody; `unless-mail-hook`: the same unless the
   * admin switched on a mail hook, which cannot be seen from outside.
   */
  readonly schedules: 'always' | 'never' | 'unless-mail-hook';
  /** Versions for which `schedules` holds when it is not `always`; a version that is not told counts as one of them. */
  readonly versions?: readonly string[];
  readonly honours: readonly Honoured[];
  /** Whom it tells beyond RFC 6638; absent for one that nobody has looked at. */
  readonly delivers?: Delivers;
  /** What the admin can do at this server instead, one sentence each. */
  readonly instead: readonly string[];
}

const RADICALE_METHODS = 'DELETE GET HEAD MKCALENDAR MKCOL MOVE OPTIONS POST PROPFIND PROPPATCH PUT REPORT'.split(' ');

/** sabre/vobject obeys SCHEDULE-AGENT=CLIENT alone. */
const SABRE_DELIVERS: Delivers = {
  agents: ['CLIENT'],
  cancelled: true,
  unanswered: true,
  declined: true,
  evidence: 'sabre/vobject 4.5, lib/ITip/Broker.php',
};

const HOLD_MAIL = 'Stop outgoing mail at the mail server while the run lasts, and use "everybody is told".';

/**
 * The products we know. Data: a row unlocks nothing but what `honours` and `schedules` say. Order matters: the more
 * particular fingerprint comes first.
 */
export const PROFILES: readonly ServerProfile[] = [
  {
    name: 'Cyrus',
    fingerprints: [{ header: ['server', /\bCyrus(?:-HTTP)?\/([0-9][\w.]*)/i] }],
    schedules: 'always',
    delivers: {
      declined: true,
      evidence: 'e2e/servers/prediction.test.ts, Cyrus 3.6.1',
      leavesOut:
        'Cyrus sends nothing about what ended more than a week ago, unless its administrator set that otherwise.',
    },
    honours: [],
    instead: ['Set "caldav_allowscheduling: off" in imapd.conf while the run lasts, and use "everybody is told".'],
  },
  {
    name: 'DAViCal',
    fingerprints: [{ header: ['x-davical-version', /(?:DAViCal\/)?([0-9][\w.]*)/i] }],
    schedules: 'always',
    delivers: {
      declined: true,
      unanswered: true,
      cancelled: true,
      evidence: 'SCHEDULE-AGENT: tried by hand, DAViCal 1.1.12',
    },
    honours: [],
    instead: [
      'Set "$c->enable_auto_schedule = false" in its configuration while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'SOGo',
    fingerprints: [{ header: ['server', /\bSOGo(?:\/([0-9][\w.]*))?/i] }, { path: /^\/SOGo\//i }],
    schedules: 'always',
    delivers: {
      agents: [],
      cancelled: true,
      unanswered: true,
      evidence: 'e2e/servers/prediction.test.ts, SOGo 5.8.0',
      leavesOut: 'SOGo sends no mail about what is over, and none at all unless its administrator switched it on.',
    },
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    name: 'Nextcloud',
    fingerprints: [{ header: ['x-nextcloud-version', /([0-9][\w.]*)/] }, { token: /^(?:nc-|nextcloud-)/ }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: [],
    instead: [
      'Switch off "Send invitations to attendees" in the administration while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'ownCloud',
    fingerprints: [{ header: ['x-owncloud-version', /([0-9][\w.]*)/] }, { token: /^(?:oc-|owncloud-)/ }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    name: 'Baïkal',
    fingerprints: [{ header: ['x-baikal-version', /([0-9][\w.]*)/] }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: [],
    instead: [
      'Leave "Email invite sender address" empty in its settings while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'sabre/dav',
    fingerprints: [{ header: ['x-sabre-version', /([0-9][\w.]*)/] }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    name: 'Stalwart',
    fingerprints: [{ header: ['server', /\bStalwart(?:[^/]*\/([0-9][\w.]*))?/i] }],
    schedules: 'always',
    honours: [],
    instead: [
      'Take the permission "calendar-scheduling-send" from the user while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'Apple Calendar Server',
    fingerprints: [{ header: ['server', /\bCalendarServer\/([0-9][\w.]*)/i] }],
    schedules: 'always',
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    name: 'iCloud',
    fingerprints: [{ header: ['server', /\bAppleHttpServer\b/i] }],
    schedules: 'always',
    honours: [],
    instead: ['iCloud cannot be silenced: restore into another server, or only events without guests.'],
  },
  {
    name: 'Bedework',
    fingerprints: [{ header: ['server', /\bBedework(?:\/([0-9][\w.]*))?/i] }, { path: /^\/ucaldav\//i }],
    schedules: 'always',
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    name: 'Zimbra',
    fingerprints: [
      { header: ['x-zimbra-version', /([0-9][\w.]*)/] },
      { header: ['server', /\bZimbra(?:\/([0-9][\w.]*))?/i] },
    ],
    schedules: 'always',
    honours: [],
    instead: ['Set zimbraCalendarCalDavDisableScheduling to TRUE while the run lasts, and use "everybody is told".'],
  },
  {
    name: 'Open-Xchange',
    fingerprints: [{ header: ['server', /\bOpen-?Xchange\b(?:[^0-9]*([0-9][\w.]*))?/i] }],
    schedules: 'always',
    honours: [],
    instead: [HOLD_MAIL],
  },
  {
    // Names itself nowhere. Radicale 3 answers OPTIONS with exactly this; 3.5.5 and later may have a mail hook.
    name: 'Radicale',
    fingerprints: [
      {
        tokens: ['1', '2', '3', 'calendar-access', 'addressbook', 'extended-mkcol'],
        allow: RADICALE_METHODS,
      },
    ],
    schedules: 'unless-mail-hook',
    honours: [],
    instead: [],
  },
  {
    // Known by its misspelt token. Releases from 2026 on spell it right and deliver to local users.
    name: 'Xandikos 0.2',
    fingerprints: [{ token: /^calendar-auto-scheduling$/, noToken: /^calendar-auto-schedule$/ }],
    schedules: 'never',
    honours: [],
    instead: [],
  },
  {
    name: 'Google Calendar',
    fingerprints: [{ header: ['server', /^(?:GSE|ESF)$/] }, { path: /^\/caldav\/v2\// }],
    schedules: 'always',
    honours: [],
    instead: [HOLD_MAIL],
  },
];

/** What a server is, as far as its answers say. */
export interface Recognised {
  readonly profile: ServerProfile;
  readonly version: string | null;
  /** Name and version for a person, e.g. `Cyrus 3.6.1`. */
  readonly product: string;
}

/** The first profile whose fingerprint fits; null for an unknown server. */
export function recognise(server: ServerEvidence): Recognised | null {
  for (const profile of PROFILES) {
    for (const fingerprint of profile.fingerprints) {
      const version = fits(fingerprint, server);
      if (version === null) continue;
      const text = version === '' ? null : version;
      return { profile, version: text, product: text === null ? profile.name : `${profile.name} ${text}` };
    }
  }
  return null;
}

/** The version (empty when not told) when all conditions hold; null otherwise. */
function fits(fingerprint: Fingerprint, server: ServerEvidence): string | null {
  const { header, token, noToken, path, tokens, allow } = fingerprint;
  const all = [...server.davTokens];
  if (token !== undefined && !all.some((name) => token.test(name))) return null;
  if (noToken !== undefined && all.some((name) => noToken.test(name))) return null;
  if (path !== undefined && !path.test(server.path ?? '')) return null;
  if (tokens !== undefined && !isExactly(server.davTokens, tokens)) return null;
  if (allow !== undefined && !isExactly(server.allow, allow)) return null;
  if (header === undefined) return '';
  const value = server.headers[header[0]];
  const match = value === undefined ? null : header[1].exec(value);
  return match === null ? null : (match[1] ?? '');
}

function isExactly(found: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return found.size === wanted.length && wanted.every((name) => found.has(name));
}
