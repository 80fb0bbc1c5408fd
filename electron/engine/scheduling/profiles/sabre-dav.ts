import type { Delivers } from '../types.ts';
import type { VersionRange } from '../versions.ts';
import { HOLD_MAIL, read, type Honoured, type ServerProfile, type WorkaroundFacts } from './profile.ts';

const PLUGIN = read('sabre-io/dav', '4e433ee9', 'lib/CalDAV/Schedule/Plugin.php');
const BROKER = read('sabre-io/vobject', 'a95f4e1d', 'lib/ITip/Broker.php');

/** sabre/vobject obeys SCHEDULE-AGENT=CLIENT alone. */
export const SABRE_DELIVERS: Delivers = {
  agents: ['CLIENT'],
  cancelled: true,
  unanswered: true,
  declined: true,
  evidence: 'sabre/vobject 4.5, lib/ITip/Broker.php',
};

/** sabre/dav schedules on neither PROPPATCH nor the deletion of a calendar. */
export function sabreHonours(versions: readonly VersionRange[]): readonly Honoured[] {
  return [
    {
      modes: ['none'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions,
      by: 'Schedule-Reply: F',
      proofs: [PLUGIN],
      evidence:
        'sabre/dav honours Schedule-Reply: F (sabre/dav lib/CalDAV/Schedule/Plugin.php, scheduleReply: "F" on any PUT and DELETE).',
    },
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions,
      by: null,
      proofs: [PLUGIN],
      evidence: 'sabre/dav tells nobody when a calendar is deleted (Plugin.php, beforeUnbind).',
    },
  ];
}

export const SABRE_WAYS: readonly WorkaroundFacts[] = [{ way: 'client-agent', versions: 'any', proofs: [BROKER] }];

export const SABRE_DAV: ServerProfile = {
  name: 'sabre/dav',
  fingerprints: [{ header: ['x-sabre-version', /([0-9][\w.]*)/] }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: sabreHonours([{ from: '2.1', before: '5' }]),
  ways: SABRE_WAYS,
  instead: [HOLD_MAIL],
};
