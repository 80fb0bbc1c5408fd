import { read, type ServerProfile } from './profile.ts';
import { SABRE_DELIVERS, SABRE_WAYS } from './sabre-dav.ts';

export const NEXTCLOUD: ServerProfile = {
  name: 'Nextcloud',
  fingerprints: [{ header: ['x-nextcloud-version', /([0-9][\w.]*)/] }, { token: /^(?:nc-|nextcloud-)/ }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: [
    {
      modes: ['none'],
      methods: ['create', 'update', 'proppatch'],
      versions: [{ from: '31', before: '34' }],
      by: 'X-NC-Scheduling: false',
      proofs: [
        read(
          'nextcloud/server',
          'pull request 49503',
          'apps/dav/tests, testCalendarObjectChangeWithSchedulingDisabled',
        ),
      ],
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
      proofs: [{ kind: 'report', where: 'nextcloud/server, pull request 58203' }],
      evidence: 'Nextcloud honours X-NC-Scheduling: false on DELETE since pull request 58203, by its changelog.',
    },
  ],
  ways: SABRE_WAYS,
  // The releases between the lists are not known: the one that stopped to refuse came out in the month of the change, which
  // went into 24 and 25 too. What "drops" does differs: before July 2026 the deleted one was to be moved out of the way,
  // since then it goes for good.
  trash: {
    refuses: [
      { from: '22', before: '24.0.11' },
      { from: '25', before: '25.0.5' },
    ],
    drops: [{ from: '27' }],
    proofs: [
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
    'Switch off "Send invitations to attendees" in the administration while the run lasts, and use "everybody is told".',
  ],
};
