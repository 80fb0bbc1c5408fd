import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import { deliveryMarks, type DeliveryMark } from '../../icalendar/facts/delivery-marks.ts';
import { addressKey, domainOf } from '../addresses.ts';
import type { NotifiedContext } from '../types.ts';

/** Gives the mark that shows that a write told somebody whom its mode leaves alone; null where nothing shows it. */
export type FindLeak = (there: string, known: readonly string[]) => DeliveryMark | null;

/**
 * How a stored object gives away that its server told people against the mode (RFC 6638 §3.2.1.1: no SCHEDULE-STATUS
 * where no delivery was attempted). Null for `all`, where everybody may be told.
 *
 * - `none`: any mark that was not there before. Even a failed attempt shows that the server schedules.
 * - `internal-only`: a message to somebody outside that was handed on (1.x, 2.x). A failed one reached nobody.
 * - `external-only`: a delivery to somebody inside (1.2, 2.x). 1.1 may be the mail that an outside address gets.
 *
 * `known`: texts whose marks are no news, which are the one that was sent and the one that was there before. An update
 * that repeats the marks that stood there already cannot be told from silence.
 */
export function leaksOf(mode: SchedulingMode, context: NotifiedContext): FindLeak | null {
  if (mode === 'all') return null;
  const tells = (mark: DeliveryMark): boolean => {
    if (mode === 'none') return true;
    const inside = isInside(mark.address, context);
    return mode === 'internal-only'
      ? !inside && /^[12]\./.test(mark.status)
      : inside && /^(?:1\.2|2\.)/.test(mark.status);
  };
  return (there, known) => {
    const marks = deliveryMarks(there).filter(tells);
    if (marks.length === 0) return null;
    const old = new Set(known.flatMap(deliveryMarks).map(keyOf));
    return marks.find((mark) => !old.has(keyOf(mark))) ?? null;
  };
}

function keyOf({ role, address, status }: DeliveryMark): string {
  return `${role} ${status} ${addressKey(address)}`;
}

function isInside(address: string, { insideDomains, ownAddresses }: NotifiedContext): boolean {
  const key = addressKey(address);
  const domain = domainOf(key);
  // As in the numbers: an address without a domain was given by the server itself.
  return domain === null || insideDomains.has(domain) || ownAddresses.some((own) => addressKey(own) === key);
}
