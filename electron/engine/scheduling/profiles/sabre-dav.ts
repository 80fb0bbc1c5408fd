import type { Delivers } from '../types.ts';
import type { VersionRange } from '../versions.ts';
import { HOLD_MAIL, ran, read, type Honoured, type ServerProfile, type WorkaroundFacts } from './profile.ts';

const PLUGIN = read('sabre-io/dav', '4e433ee9', 'lib/CalDAV/Schedule/Plugin.php');
/** Baïkal answers as the sabre/dav that it is made of, and has no name of its own there. */
const RUNS = [
  ran('sabre/dav', '3.2.3', '2026-11-28'),
  ran('sabre/dav', '4.7.1', '2026-11-28'),
  ran('Baïkal', '0.12.1', '2026-11-28'),
];
const BROKER = read('sabre-io/vobject', 'a95f4e1d', 'lib/ITip/Broker.php');

/**
 * sabre/vobject obeys SCHEDULE-AGENT=CLIENT alone, and leaves out no guest but the ORGANIZER. What it thinks insignificant
 * is not mailed, and delivered to colleagues all the same (lib/CalDAV/Schedule/Plugin.php, scheduleLocalDelivery).
 */
export const SABRE_DELIVERS: Delivers = {
  agents: ['CLIENT'],
  cancelled: true,
  unanswered: true,
  declined: true,
  ownGuests: true,
  everyUpdate: true,
  evidence: 'sabre/vobject 4.5, lib/ITip/Broker.php; sabre/dav 4e433ee9, lib/CalDAV/Schedule/Plugin.php',
};

/** sabre/dav schedules on neither PROPPATCH nor the deletion of a calendar. */
export function sabreHonours(versions: readonly VersionRange[]): readonly Honoured[] {
  return [
    {
      modes: ['none'],
      methods: ['create', 'update', 'delete', 'proppatch'],
      versions,
      by: 'Schedule-Reply: F',
      proofs: [...RUNS, PLUGIN],
      evidence:
        'sabre/dav honours Schedule-Reply: F: run against 3.2.3, 4.7.1 and Baïkal 0.12.1, no mail and no calendar changed (lib/CalDAV/Schedule/Plugin.php, scheduleReply: "F" on any PUT and DELETE).',
    },
    {
      modes: ['none'],
      methods: ['delete-collection'],
      versions,
      by: null,
      proofs: [...RUNS, PLUGIN],
      evidence:
        'sabre/dav notifies nobody when a calendar is deleted: run against 3.2.3, 4.7.1 and Baïkal 0.12.1 (Plugin.php, beforeUnbind).',
    },
  ];
}

export const SABRE_WORKAROUNDS: readonly WorkaroundFacts[] = [
  { workaround: 'client-agent', versions: 'any', proofs: [BROKER] },
];

export const SABRE_DAV: ServerProfile = {
  name: 'sabre/dav',
  // Its realm where the version is hidden: of sabre/dav itself, and of Baïkal (both recorded).
  fingerprints: [{ header: ['x-sabre-version', /([0-9][\w.]*)/] }, { realm: /^(?:sabre\/dav|BaikalDAV)$/ }],
  schedules: 'always',
  delivers: SABRE_DELIVERS,
  honours: sabreHonours([{ from: '2.1', before: '5' }]),
  workarounds: SABRE_WORKAROUNDS,
  instead: [
    HOLD_MAIL,
    'On Baïkal, leave "Email invite sender address" empty in its settings while the run lasts, and use "Notify everyone".',
  ],
};
