import { ran, read, type ServerProfile } from './profile.ts';

/** Names itself nowhere. Radicale 3 answers OPTIONS with exactly this; 3.5.5 and later may have a mail hook. */
export const RADICALE: ServerProfile = {
  name: 'Radicale',
  fingerprints: [
    {
      tokens: ['1', '2', '3', 'calendar-access', 'addressbook', 'extended-mkcol'],
      allow: 'DELETE GET HEAD MKCALENDAR MKCOL MOVE OPTIONS POST PROPFIND PROPPATCH PUT REPORT'.split(' '),
    },
  ],
  schedules: 'unless-mail-hook',
  honours: [],
  looked: [
    ran('Radicale', '3.7.8', '2026-11-28'),
    read('Kozea/Radicale', '02df4550', 'radicale/hook/email/__init__.py, _process_event_and_notify'),
  ],
  delivers: {
    mailHook: true,
    evidence: 'Radicale 3.7.8 with its mail hook: mail to every ATTENDEE, the owner too, whatever SCHEDULE-AGENT',
    leavesOut:
      'With its mail hook, Radicale mails every guest of what is to come, and of whatever is deleted, the owner too; the numbers are for that. Without it, it notifies nobody.',
  },
  instead: [],
};
