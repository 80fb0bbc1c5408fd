import type { VersionRange } from '../versions.ts';
import { ran, read, type Proof, type ServerProfile } from './profile.ts';

const VERSIONS: readonly VersionRange[] = [{ from: '3.0', before: '3.14' }];
const RUN = ran('Cyrus', '3.6.1');

function source(file: string): Proof {
  return read('cyrusimap/cyrus-imapd', 'tags 3.0.0 to 3.13.7', file);
}

export const CYRUS: ServerProfile = {
  name: 'Cyrus',
  fingerprints: [
    { header: ['server', /\bCyrus(?:-HTTP)?\/([0-9][\w.]*)/i] },
    // Behind a proxy that hides Server: no other product grants privileges of this namespace.
    {
      allTokens: ['calendar-query-extended', 'resource-sharing', 'calendarserver-sharing'],
      privilege: /^\{http:\/\/cyrusimap\.org\/ns\/\}/,
      version: '3.0 or later',
    },
  ],
  schedules: 'always',
  delivers: {
    declined: true,
    evidence: 'e2e/servers/prediction.test.ts, Cyrus 3.6.1',
    leavesOut:
      'Cyrus sends nothing about what ended more than a week ago, unless its administrator set that otherwise.',
  },
  honours: [
    {
      modes: ['none'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions: VERSIONS,
      by: 'Scheduling-Enabled: F',
      proofs: [RUN, source('imap/http_caldav.c, _scheduling_enabled')],
      evidence:
        'Cyrus honours Scheduling-Enabled: F: run against Cyrus 3.6.1, no mail and no calendar changed (imap/http_caldav.c, _scheduling_enabled, tags 3.0.0 to 3.13.7).',
    },
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions: VERSIONS,
      by: 'Scheduling-Enabled: F',
      proofs: [source('imap/http_dav.c, meth_delete_collection')],
      evidence:
        'Cyrus reads the header for every event of a deleted calendar (imap/http_dav.c, meth_delete_collection).',
    },
  ],
  // Cyrus does not check the address; the plan does.
  identity: {
    header: 'Schedule-Address',
    versions: VERSIONS,
    proofs: [RUN, source('imap/http_caldav_sched.c, caldav_get_schedule_addresses')],
  },
  workarounds: [
    // The calendar property scheduling-enabled.
    { workaround: 'collection-switch', versions: [{ from: '3.0' }], proofs: [RUN] },
    { workaround: 'client-agent', versions: 'any', proofs: [RUN] },
  ],
  // Announces 1901-12-13, keeps a holiday of 1753: e2e/servers/restore.test.ts.
  storesAnyDate: { proofs: [RUN] },
  // unique-scheduling-object-resource for any event.
  uidOncePerUser: { proofs: [RUN, source('imap/http_caldav.c, caldav_put')] },
  // Run against Cyrus 3.6.1: neither calendars nor mail, whatever the organizer, the mode and `Schedule-Address`.
  shareNote:
    'This is the shared address of the calendar: the server notifies nobody about what is written through it, whatever is asked. ' +
    'Use the address in the home of its owner to have people notified.',
  instead: ['Set "caldav_allowscheduling: off" in imapd.conf while the run lasts, and use "Notify everyone".'],
};
