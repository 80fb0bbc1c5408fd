import { ran, read, type ServerProfile } from './profile.ts';

const RUN = ran('DAViCal', '1.1.12');

export const DAVICAL: ServerProfile = {
  name: 'DAViCal',
  fingerprints: [{ header: ['x-davical-version', /(?:DAViCal\/)?([0-9][\w.]*)/i] }],
  schedules: 'always',
  delivers: {
    declined: true,
    unanswered: true,
    cancelled: true,
    evidence: 'SCHEDULE-AGENT: tried by hand, DAViCal 1.1.12',
  },
  honours: [
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions: [{ from: '1.1.12', before: '1.1.13' }],
      by: null,
      proofs: [read('Debian davical', '1.1.12-2', 'inc/caldav-DELETE.php, delete_collection')],
      evidence:
        'DAViCal deletes a calendar in its database and notifies nobody (inc/caldav-DELETE.php, delete_collection).',
    },
  ],
  workarounds: [{ workaround: 'client-agent', versions: 'any', proofs: [RUN] }],
  instead: [
    'Set "$c->enable_auto_schedule = false" in its configuration while the run lasts, and use "Notify everyone".',
  ],
};
