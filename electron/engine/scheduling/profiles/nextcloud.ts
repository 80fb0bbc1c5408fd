import type { Delivers } from '../types.ts';
import { BY_STATUS_PAGE, ran, read, type ServerProfile } from './profile.ts';
import { SABRE_DELIVERS, SABRE_WORKAROUNDS } from './sabre-dav.ts';

const MEASURED = ['28.0.2', '30.0.1', '31.0.11', '32.0.1', '33.0.3', '34.0.1'].map((version) =>
  ran('Nextcloud', version, '2026-11-28'),
);
/** A major that was measured counts as a whole; 29 and 35 were not. */
const MAJORS = [
  { from: '28', before: '29' },
  { from: '30', before: '35' },
];

/**
 * Its own iTIP broker (TipBroker.php) takes the place of that of sabre/vobject for what an organizer does: a REQUEST to each
 * guest of every update. A PUT through a share counts the addresses of its owner and of the sharee (pull request 45054); a
 * DELETE those of its owner alone, since it asks the object whose it is (CalendarObject.php, getOwner).
 */
const EARLIER: Delivers = {
  ...SABRE_DELIVERS,
  sharees: ['create', 'update'],
  evidence:
    'nextcloud/server, apps/dav/lib/CalDAV/TipBroker.php, 4c968e24; apps/dav/lib/CalDAV/Schedule/Plugin.php, pull request ' +
    '45054; apps/dav/lib/CalDAV/CalendarObject.php, 025d114e; for answers sabre/vobject 4.5, lib/ITip/Broker.php',
};

/**
 * The broker of pull request 50843 (34, 33.0.7) sends cancellations of their own. It also sends one to a guest who was taken
 * off, which the mail plugin then leaves out (issue 63242): the number stays the most that can happen, since another
 * release may send it.
 */
const DELIVERS: Delivers = {
  ...EARLIER,
  cancelsApart: true,
  evidence: `${EARLIER.evidence}; from 33.0.7 on TipBroker.php of pull requests 50843, 64317`,
  takenOff:
    'From 33.0.7 on it sends no mail to an external guest who is taken off a meeting: the number counts them all the same.',
};

export const NEXTCLOUD: ServerProfile = {
  name: 'Nextcloud',
  fingerprints: [{ token: /^(?:nc|nextcloud)-/, version: BY_STATUS_PAGE }, { realm: /^Nextcloud$/ }],
  schedules: 'always',
  delivers: DELIVERS,
  delivered: { versions: [{ from: '0', before: '33.0.7' }], delivers: EARLIER },
  honours: [
    {
      // X-NC-Scheduling: false goes along in the bundle: nothing on 28 and 30, PUT alone on 31 and 32.0.1, all from 33 on.
      modes: ['none'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions: MAJORS,
      by: 'Schedule-Reply: F',
      proofs: MEASURED,
      evidence:
        'Nextcloud honours Schedule-Reply: F: run against 28.0.2, 30.0.1, 31.0.11, 32.0.1, 33.0.3 and 34.0.1, no mail and no calendar changed.',
    },
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions: MAJORS,
      by: null,
      proofs: [
        ...MEASURED.slice(2, 3),
        ...MEASURED.slice(-1),
        read('sabre-io/dav', '4e433ee9', 'lib/CalDAV/Schedule/Plugin.php, beforeUnbind'),
      ],
      evidence:
        'Nextcloud moves a deleted calendar into its trash bin and notifies nobody: run against 31.0.11 and 34.0.1 (sabre/dav, Plugin.php, beforeUnbind).',
    },
  ],
  workarounds: SABRE_WORKAROUNDS,
  // 32.0.1, 33.0.3 and 34.0.1 answer 500 to such a UID; the release that mends it (pull request 61881) is not known here. Of
  // those between the lists nothing is known.
  trash: {
    refuses: [{ from: '22', before: '24.0.11' }, { from: '25', before: '25.0.5' }, { from: '35' }],
    drops: [{ from: '27', before: '32' }],
    // DELETE of trashbin/objects/N.ics with Schedule-Reply: F, then PUT: 201, nobody told (34.0.1).
    purges: [{ from: '32', before: '35' }],
    // MOVE to trashbin/restore/: 201, nobody told (34.0.1). In all of them it is one UPDATE in the database, and the
    // scheduling of sabre/dav and of Nextcloud looks away from a MOVE.
    restores: {
      versions: MAJORS,
      proofs: [
        ...MEASURED.slice(-1),
        read('nextcloud/server', '2f815df0', 'apps/dav/lib/CalDAV/Trashbin/RestoreTarget.php, moveInto'),
        read('nextcloud/server', '25925c7a', 'apps/dav/lib/CalDAV/Trashbin/DeletedCalendarObject.php, restore'),
        read('sabre-io/dav', '4e433ee9', 'lib/CalDAV/Schedule/Plugin.php, beforeUnbind'),
        { kind: 'report', where: 'https://github.com/nextcloud/server/issues/42512' },
      ],
    },
    proofs: [
      ...MEASURED.slice(1),
      read(
        'nextcloud/server',
        'pull requests 34375, 61881',
        'apps/dav/lib/CalDAV/CalDavBackend.php, createCalendarObject',
      ),
    ],
  },
  // Its defaults of `rateLimitCalendarCreation` and `maximumCalendarsSubscriptions`.
  calendarLimits: {
    perHour: 10,
    inAll: 30,
    proofs: [read('nextcloud/server', 'pull request 43732', 'apps/dav/lib/CalDAV/Security/RateLimitingPlugin.php')],
  },
  instead: [
    'Switch off "Send invitations to attendees" in the administration while the run lasts, and use "Notify everyone".',
  ],
};
