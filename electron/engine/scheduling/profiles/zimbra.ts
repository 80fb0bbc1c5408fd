import { read, type ServerProfile } from './profile.ts';

export const ZIMBRA: ServerProfile = {
  name: 'Zimbra',
  fingerprints: [
    { header: ['x-zimbra-version', /([0-9][\w.]*)/] },
    { header: ['server', /\bZimbra(?:\/([0-9][\w.]*))?/i] },
  ],
  schedules: 'always',
  honours: [],
  // A UID is looked up in the whole mailbox.
  uidOncePerUser: { proofs: [read('Zimbra/zm-mailbox', '2b7f9787', 'store/src/java/com/zimbra/cs/dav')] },
  hides:
    'Zimbra shows CalDAV clients only events between zimbraCalendarCalDavSyncStart and zimbraCalendarCalDavSyncEnd: others are not in this backup.',
  instead: ['Set zimbraCalendarCalDavDisableScheduling to TRUE while the run lasts, and use "everybody is told".'],
};
