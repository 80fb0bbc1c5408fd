import { HOLD_MAIL, read, type Proof, type ServerProfile } from './profile.ts';

const REPOSITORY = 'open-xchange/appsuite-middleware';
const ACCESS: Proof = read(
  REPOSITORY,
  'since 7.10.3',
  'com.openexchange.caldav/src/com/openexchange/caldav/resources/CalendarAccessOperation.java',
);
const SERVER = ['server', /^Openexchange WebDAV\b/] as const;

export const OPEN_XCHANGE: ServerProfile = {
  name: 'Open-Xchange',
  // Tells no version; two tokens came with 7.10.4.
  fingerprints: [
    {
      header: SERVER,
      allTokens: ['calendarserver-recurrence-split', 'calendarserver-private-events'],
      version: '7.10.4 or later',
    },
    { header: SERVER },
  ],
  recognisedBy: [
    read(REPOSITORY, '1ac70274', 'com.openexchange.dav/src/com/openexchange/dav/actions/OPTIONSAction.java'),
    { kind: 'report', where: 'dengste/org-caldav, issue 324: an answer of mailbox.org' },
  ],
  schedules: 'always',
  honours: [
    {
      modes: ['none', 'internal-only', 'external-only', 'all'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions: [{ from: '7.10.3' }],
      by: 'Scheduling',
      proofs: [ACCESS],
      evidence: 'Open-Xchange reads Scheduling (com.openexchange.caldav, CalendarAccessOperation, since 7.10.3).',
      sideEffect:
        'With "Notify external guests only" the calendars of the other users change anyway: they share one store.',
    },
  ],
  // Worse than a refusal: its CalDAV makes the new event an update of the one that is there (CAL-4090).
  uidOncePerUser: { proofs: [ACCESS] },
  hides:
    'Open-Xchange shows CalDAV clients only a window of time around today: what lies outside is not in this backup.',
  instead: [HOLD_MAIL],
};
