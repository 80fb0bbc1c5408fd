import { read, type ServerProfile } from './profile.ts';

export const STALWART: ServerProfile = {
  name: 'Stalwart',
  fingerprints: [{ header: ['server', /\bStalwart(?:[^/]*\/([0-9][\w.]*))?/i] }],
  schedules: 'always',
  honours: [
    {
      // Which releases have it nobody has looked up.
      modes: ['none'],
      methods: ['delete', 'delete-collection'],
      versions: [],
      by: 'Schedule-Reply: F',
      proofs: [read('stalwartlabs/stalwart', 'd72608f3', 'crates/dav/src/calendar/delete.rs')],
      evidence: 'Stalwart honours Schedule-Reply: F on DELETE (crates/dav/src/calendar/delete.rs).',
    },
  ],
  ways: [
    {
      way: 'client-agent',
      versions: 'any',
      proofs: [read('stalwartlabs/stalwart', 'd72608f3', 'crates/groupware/src/scheduling/snapshot.rs')],
    },
  ],
  marksNothing: true,
  instead: [
    'Take the permission "calendar-scheduling-send" from the user while the run lasts, and use "everybody is told".',
  ],
};
