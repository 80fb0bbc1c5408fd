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

export const NEXTCLOUD: ServerProfile = {
  name: 'Nextcloud',
  fingerprints: [{ token: /^(?:nc|nextcloud)-/, version: BY_STATUS_PAGE }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
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
