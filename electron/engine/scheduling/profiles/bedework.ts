import { HOLD_MAIL, read, type ServerProfile } from './profile.ts';

const SOURCE = read('Bedework/bw-caldav', 'a8b60b7', 'CaldavBWIntf.java');

export const BEDEWORK: ServerProfile = {
  name: 'Bedework',
  fingerprints: [{ path: /^\/ucaldav\//i }],
  recognisedBy: [SOURCE],
  schedules: 'always',
  honours: [
    {
      // Which releases have it nobody has looked up. Updates are not covered at all.
      modes: ['none'],
      methods: ['create', 'delete'],
      versions: [],
      by: 'Bw-NoInvites: true',
      proofs: [SOURCE],
      evidence: 'Bedework reads Bw-NoInvites on new events and Schedule-Reply on DELETE (CaldavBWIntf.java).',
    },
  ],
  hides: 'Bedework hides past events from CalDAV clients: they are not in this backup.',
  instead: [HOLD_MAIL],
};
