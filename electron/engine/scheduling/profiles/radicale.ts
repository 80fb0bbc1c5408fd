import type { ServerProfile } from './profile.ts';

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
  instead: [],
};
