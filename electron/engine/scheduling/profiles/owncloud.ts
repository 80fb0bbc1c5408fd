import { HOLD_MAIL, type ServerProfile } from './profile.ts';
import { SABRE_DELIVERS, SABRE_WAYS, sabreHonours } from './sabre-dav.ts';

export const OWNCLOUD: ServerProfile = {
  name: 'ownCloud',
  fingerprints: [{ header: ['x-owncloud-version', /([0-9][\w.]*)/] }, { token: /^(?:oc-|owncloud-)/ }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: sabreHonours([{ from: '10', before: '11' }]),
  ways: SABRE_WAYS,
  instead: [HOLD_MAIL],
};
