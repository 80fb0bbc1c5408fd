import type { SchedulingMode, Workaround, WriteMethod } from '../../../shared/model/scheduling.ts';
import type { VersionRange } from './versions.ts';

/**
 * How well something is known: by runs of ours on the real server, by its source text, or by what others report. A report
 * unlocks nothing.
 */
export type Proof = 'run' | 'source' | 'report';

/** What makes some releases of a product keep a mode on some methods. Filled from evidence only. */
export interface Honoured {
  readonly modes: readonly SchedulingMode[];
  readonly methods: readonly WriteMethod[];
  /** Empty where nobody knows which releases do it; that unlocks nothing either. */
  readonly versions: readonly VersionRange[];
  /** The header of the bundle that does it; null where nothing needs to be sent. */
  readonly by: string | null;
  readonly proof: Proof;
  /** Where it was seen: a test of ours, a source file. One sentence. */
  readonly evidence: string;
  /** What else happens, for a person. */
  readonly sideEffect?: string;
}

/** A request header that names the acting address. */
export interface IdentityHeader {
  readonly header: string;
  readonly versions: readonly VersionRange[];
  readonly evidence: string;
}

/** A named way around, where the product takes it. */
export interface WorkaroundFacts {
  readonly way: Workaround;
  readonly versions: readonly VersionRange[] | 'any';
  readonly evidence: string;
}

const CYRUS_VERSIONS: readonly VersionRange[] = [{ from: '3.0', before: '3.13' }];
const CYRUS_SOURCE = 'imap/http_caldav.c, _scheduling_enabled, tags 3.0.0 to 3.12.3';

export const CYRUS_HONOURS: readonly Honoured[] = [
  {
    modes: ['none'],
    methods: ['create', 'update', 'delete', 'proppatch'],
    versions: CYRUS_VERSIONS,
    by: 'Scheduling-Enabled: F',
    proof: 'run',
    evidence: `Cyrus honours Scheduling-Enabled: F: run against Cyrus 3.6.1, no mail and no calendar changed (${CYRUS_SOURCE}).`,
  },
  {
    modes: ['none'],
    methods: ['delete-collection'],
    versions: CYRUS_VERSIONS,
    by: 'Scheduling-Enabled: F',
    proof: 'source',
    evidence: 'Cyrus reads the header for every event of a deleted calendar (imap/http_dav.c, meth_delete_collection).',
  },
];

/** Cyrus does not check the address; the plan does. */
export const CYRUS_IDENTITY: IdentityHeader = {
  header: 'Schedule-Address',
  versions: CYRUS_VERSIONS,
  evidence:
    'Cyrus reads Schedule-Address (imap/http_caldav_sched.c, caldav_get_schedule_addresses; run against 3.6.1).',
};

export const CYRUS_WAYS: readonly WorkaroundFacts[] = [
  {
    way: 'collection-switch',
    versions: [{ from: '3.0' }],
    evidence: 'The calendar property scheduling-enabled of Cyrus: run against Cyrus 3.6.1.',
  },
  { way: 'client-agent', versions: 'any', evidence: 'SCHEDULE-AGENT=CLIENT: run against Cyrus 3.6.1.' },
];

const SABRE_SOURCE = 'sabre/dav lib/CalDAV/Schedule/Plugin.php, scheduleReply: "F" on any PUT and DELETE';

/** sabre/dav schedules on neither PROPPATCH nor the deletion of a calendar. */
export function sabreHonours(versions: readonly VersionRange[]): readonly Honoured[] {
  return [
    {
      modes: ['none'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions,
      by: 'Schedule-Reply: F',
      proof: 'source',
      evidence: `sabre/dav honours Schedule-Reply: F (${SABRE_SOURCE}).`,
    },
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions,
      by: null,
      proof: 'source',
      evidence: 'sabre/dav tells nobody when a calendar is deleted (Plugin.php, beforeUnbind).',
    },
  ];
}

export const SABRE_WAYS: readonly WorkaroundFacts[] = [
  {
    way: 'client-agent',
    versions: 'any',
    evidence: 'SCHEDULE-AGENT=CLIENT: sabre/vobject lib/ITip/Broker.php compares with CLIENT.',
  },
];

export const NEXTCLOUD_HONOURS: readonly Honoured[] = [
  {
    modes: ['none'],
    methods: ['create', 'update', 'proppatch'],
    versions: [{ from: '31', before: '34' }],
    by: 'X-NC-Scheduling: false',
    proof: 'source',
    evidence:
      'Nextcloud honours X-NC-Scheduling: false on PUT (apps/dav/tests, testCalendarObjectChangeWithSchedulingDisabled).',
  },
  {
    // 31, 32.0.0 to 32.0.6 and 33.0.0 do not read it on DELETE. Where the gap ends is told by its pull request alone.
    modes: ['none'],
    methods: ['delete'],
    versions: [
      { from: '32.0.7', before: '33' },
      { from: '33.0.1', before: '34' },
    ],
    by: 'X-NC-Scheduling: false',
    proof: 'report',
    evidence: 'Nextcloud honours X-NC-Scheduling: false on DELETE since pull request 58203, by its changelog.',
  },
];

export const STALWART_HONOURS: readonly Honoured[] = [
  {
    // Read in the source of August 2026; which releases have it nobody has looked up.
    modes: ['none'],
    methods: ['delete', 'delete-collection'],
    versions: [],
    by: 'Schedule-Reply: F',
    proof: 'source',
    evidence: 'Stalwart honours Schedule-Reply: F on DELETE (crates/dav/src/calendar/delete.rs).',
  },
];

export const STALWART_WAYS: readonly WorkaroundFacts[] = [
  {
    way: 'client-agent',
    versions: 'any',
    evidence: 'SCHEDULE-AGENT=CLIENT: Stalwart crates/groupware/src/scheduling/snapshot.rs.',
  },
];

export const DAVICAL_HONOURS: readonly Honoured[] = [
  {
    modes: ['none'],
    methods: ['delete-collection'],
    versions: [{ from: '1.1.12', before: '1.1.13' }],
    by: null,
    proof: 'source',
    evidence: 'DAViCal deletes a calendar in its database and tells nobody (inc/caldav-DELETE.php, delete_collection).',
  },
];

export const DAVICAL_WAYS: readonly WorkaroundFacts[] = [
  { way: 'client-agent', versions: 'any', evidence: 'SCHEDULE-AGENT=CLIENT: run against DAViCal 1.1.12.' },
];

export const OPEN_XCHANGE_HONOURS: readonly Honoured[] = [
  {
    modes: ['none', 'internal-only', 'external-only', 'all'],
    methods: ['create', 'update', 'delete', 'proppatch'],
    versions: [{ from: '7.10.3', before: '9' }],
    by: 'Scheduling',
    proof: 'source',
    evidence: 'Open-Xchange reads Scheduling (com.openexchange.caldav, CalendarAccessOperation, since 7.10.3).',
    sideEffect: 'With external-only the calendars of the other users change all the same: they share one store.',
  },
];

export const BEDEWORK_HONOURS: readonly Honoured[] = [
  {
    // Read in the source of April 2026; which releases have it nobody has looked up. Updates are not covered at all.
    modes: ['none'],
    methods: ['create', 'delete'],
    versions: [],
    by: 'Bw-NoInvites: true',
    proof: 'source',
    evidence: 'Bedework reads Bw-NoInvites on new events and Schedule-Reply on DELETE (CaldavBWIntf.java).',
  },
];
