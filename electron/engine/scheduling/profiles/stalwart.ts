import { read, type Proof, type ServerProfile } from './profile.ts';

const RELEASES = 'tags 0.12.5 to 0.16.18';
const DELETE: Proof = read('stalwartlabs/stalwart', RELEASES, 'crates/dav/src/calendar/delete.rs');
const tokens =
  '1, 2, 3, access-control, extended-mkcol, calendar-access, calendar-auto-schedule, calendar-no-timezone, addressbook';
const allow =
  'OPTIONS, GET, HEAD, POST, PUT, DELETE, COPY, MOVE, MKCALENDAR, MKCOL, PROPFIND, PROPPATCH, LOCK, UNLOCK, REPORT, ACL';

/** Names itself nowhere, and tells no version: known by the exact lists of the releases that were read. */
export const STALWART: ServerProfile = {
  name: 'Stalwart',
  fingerprints: [{ tokens: tokens.split(', '), allow: allow.split(', ') }],
  recognisedBy: [read('stalwartlabs/stalwart', 'tags 0.12.0 to 0.16.18', 'crates/http/src/request.rs')],
  schedules: 'always',
  honours: [
    {
      modes: ['none'],
      methods: ['delete', 'delete-collection'],
      versions: 'recognised',
      by: 'Schedule-Reply: F',
      proofs: [DELETE],
      evidence: `Stalwart honours Schedule-Reply: F when events and calendars are deleted (crates/dav/src/calendar/delete.rs, ${RELEASES}).`,
    },
  ],
  workarounds: [
    {
      workaround: 'client-agent',
      versions: 'any',
      proofs: [read('stalwartlabs/stalwart', 'd72608f3', 'crates/groupware/src/scheduling/snapshot.rs')],
    },
  ],
  marksNothing: true,
  instead: [
    'Take the permission "calendar-scheduling-send" from the user while the run lasts, and use "Notify everyone".',
  ],
};
