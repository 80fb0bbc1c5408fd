import type { ServerEvidence } from '../../caldav/types.ts';
import { recognise } from '../recognise.ts';
import { isWithin } from '../versions.ts';
import type { Delivers } from '../types.ts';

/** Of a server that nobody has looked at, everything is expected that was seen anywhere. */
const UNKNOWN: Delivers = {
  agents: [],
  cancelled: true,
  unanswered: true,
  declined: true,
  strangers: true,
  putBack: true,
  sharees: ['create', 'update', 'delete'],
  ownGuests: true,
  everyUpdate: true,
  cancelsApart: true,
  evidence: 'nothing is known of this server',
};

/**
 * Whom a server tells beyond RFC 6638; undefined where it keeps to it. A server that announces the draft keeps to both,
 * one that schedules nothing tells nobody.
 */
export function deliversOf(server: ServerEvidence): Delivers | undefined {
  const known = recognise(server);
  if (server.davTokens.has('scheduling-controls')) return undefined;
  if (known === null || known.byRealm) return UNKNOWN;
  const { delivers, delivered, schedules } = known.profile;
  if (delivered !== undefined && isWithin(known.version, delivered.versions)) return delivered.delivers;
  return delivers ?? (schedules === 'always' ? UNKNOWN : undefined);
}
