import { HOLD_MAIL, ran, type ServerProfile } from './profile.ts';

export const SOGO: ServerProfile = {
  name: 'SOGo',
  fingerprints: [{ path: /^\/SOGo\//i }, { realm: /^SOGo$/ }],
  schedules: 'always',
  delivers: {
    agents: [],
    cancelled: true,
    unanswered: true,
    strangers: true,
    putBack: true,
    evidence: 'e2e/servers/prediction.test.ts, SOGo 5.8.0',
    leavesOut: 'SOGo sends no mail about past meetings, and none at all unless its administrator switched it on.',
  },
  honours: [],
  marksNothing: true,
  // Alinto/sogo ee2ebbb8, SoObjects/Appointments/SOGoAppointmentFolder.m
  hides:
    'SOGo shows CalDAV clients only events after its setting SOGoDAVCalendarStartTimeLimit, if that is set: older ones are not in this backup. A superuser sees all of them.',
  closesSilently: { proofs: [ran('SOGo', '5.8.0')] },
  instead: [HOLD_MAIL],
};
