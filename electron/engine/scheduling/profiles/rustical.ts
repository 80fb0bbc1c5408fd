import { read, type ServerProfile } from './profile.ts';

/**
 * Its list is short enough to be that of others, so the path counts too, and nothing follows from it but advice: a later
 * release may schedule and answer the same.
 */
export const RUSTICAL: ServerProfile = {
  name: 'RustiCal',
  fingerprints: [{ path: /^\/caldav\/principal\//, tokens: ['1', '3', 'access-control', 'calendar-access'] }],
  recognisedBy: [read('lennart-k/rustical', '0.15', 'crates/caldav/src/calendar/service.rs')],
  schedules: 'always',
  honours: [],
  instead: [
    'RustiCal 0.15 has no code that notifies anybody. If that is your version, "Notify everyone" reaches nobody.',
  ],
};
