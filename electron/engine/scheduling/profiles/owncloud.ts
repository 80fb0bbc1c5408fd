import { BY_STATUS_PAGE, HOLD_MAIL, read, type ServerProfile } from './profile.ts';
import { SABRE_DELIVERS, SABRE_WORKAROUNDS, sabreHonours } from './sabre-dav.ts';

export const OWNCLOUD: ServerProfile = {
  name: 'ownCloud',
  // lib/public/Util.php, getStatusInfo; version.hide leaves the version empty. The token: tasks/tasks, getServerType.
  fingerprints: [
    { statusPage: /^ownCloud\b/i, noToken: /^(?:nc|nextcloud)-/, version: BY_STATUS_PAGE },
    { token: /^oc-resource-sharing$/, noToken: /^(?:nc|nextcloud)-/, version: BY_STATUS_PAGE },
  ],
  recognisedBy: [
    read('owncloud/core', '06972b02', 'status.php, lib/public/Util.php'),
    read('tasks/tasks', 'main', 'CaldavSynchronizer.kt, getServerType'),
  ],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: sabreHonours([{ from: '10', before: '11' }]),
  workarounds: SABRE_WORKAROUNDS,
  instead: [HOLD_MAIL],
};
