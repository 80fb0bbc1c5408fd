import { HOLD_MAIL, read, type Proof, type ServerProfile } from './profile.ts';

const ACCESS: Proof = read(
  'open-xchange/appsuite-middleware',
  'since 7.10.3',
  'com.openexchange.caldav/src/com/openexchange/caldav/resources/CalendarAccessOperation.java',
);

export const OPEN_XCHANGE: ServerProfile = {
  name: 'Open-Xchange',
  fingerprints: [{ header: ['server', /\bOpen-?Xchange\b(?:[^0-9]*([0-9][\w.]*))?/i] }],
  schedules: 'always',
  honours: [
    {
      modes: ['none', 'internal-only', 'external-only', 'all'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions: [{ from: '7.10.3', before: '9' }],
      by: 'Scheduling',
      proofs: [ACCESS],
      evidence: 'Open-Xchange reads Scheduling (com.openexchange.caldav, CalendarAccessOperation, since 7.10.3).',
      sideEffect: 'With external-only the calendars of the other users change all the same: they share one store.',
    },
  ],
  // Worse than a refusal: its CalDAV makes the new event an update of the one that is there (CAL-4090).
  uidOncePerUser: { proofs: [ACCESS] },
  hides:
    'Open-Xchange shows CalDAV clients only a window of time around today: what lies outside is not in this backup.',
  instead: [HOLD_MAIL],
};
