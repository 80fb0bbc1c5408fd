import { read, type ServerProfile } from './profile.ts';

/** A gateway to Exchange, which sends what it sends. */
export const DAVMAIL: ServerProfile = {
  name: 'DavMail',
  fingerprints: [{ header: ['server', /^DavMail Gateway(?: ([0-9][\w.]*))?/] }],
  recognisedBy: [read('mguessan/davmail', 'master', 'AbstractConnection.java, sendHttpResponse')],
  schedules: 'always',
  honours: [],
  instead: [
    'DavMail passes events on to Exchange, which notifies people itself: switch that off there while the run lasts.',
  ],
};
