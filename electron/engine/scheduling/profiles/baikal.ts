import type { ServerProfile } from './profile.ts';
import { SABRE_DELIVERS, SABRE_WAYS, sabreHonours } from './sabre-dav.ts';

export const BAIKAL: ServerProfile = {
  name: 'Baïkal',
  fingerprints: [{ header: ['x-baikal-version', /([0-9][\w.]*)/] }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: sabreHonours([{ from: '0.10', before: '1' }]),
  ways: SABRE_WAYS,
  instead: [
    'Leave "Email invite sender address" empty in its settings while the run lasts, and use "everybody is told".',
  ],
};
