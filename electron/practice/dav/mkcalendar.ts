import { refuse, refusePlain, xmlAnswer, empty, type Answer } from '../http/answer.ts';
import { xmlBody } from '../http/exchange.ts';
import { DEFAULT_COMPONENTS } from '../store/store.ts';
import { CALDAV, DAV, DECLARATIONS, element, key } from '../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/parse.ts';
import type { Missing, Resource } from './paths.ts';
import { changesOf, refusalOf, type Change } from './proppatch.ts';
import { propstat } from './responses.ts';
import type { Call } from './site.ts';

const COMPONENT_SET = key(CALDAV, 'supported-calendar-component-set');
const TYPE = key(DAV, 'resourcetype');
const idOf = ({ property }: Change): string => key(property.ns, property.name);

function componentsOf(changes: readonly Change[]): readonly string[] {
  const set = changes.find((change) => idOf(change) === COMPONENT_SET)?.property;
  if (set === undefined) return DEFAULT_COMPONENTS;
  return childrenOf(set, CALDAV, 'comp').map((comp) => comp.attributes['name']?.toUpperCase() ?? '');
}

/** Extended MKCOL (RFC 5689) must ask for a calendar. */
function checkType(body: XmlElement | null, changes: readonly Change[]): void {
  const type = changes.find((change) => idOf(change) === TYPE)?.property;
  if (body !== null && type !== undefined && childOf(type, CALDAV, 'calendar') !== undefined) return;
  throw refuse(403, element(DAV, 'valid-resourcetype'), 'Only calendars can be made here.');
}

/** MKCALENDAR (RFC 4791 §5.3.1) and extended MKCOL. */
export function mkcalendar(call: Call, target: Resource | Missing): Answer {
  const { exchange, site } = call;
  if ('path' in target) {
    const exists = element(DAV, 'resource-must-be-null');
    throw exchange.method === 'MKCALENDAR'
      ? refuse(403, exists, 'There is already something here.')
      : refusePlain(405, 'There is already something here.');
  }
  const location = element(CALDAV, 'calendar-collection-location-ok');
  if (target.kind === 'new-object') throw refuse(403, location, 'A calendar cannot lie inside another one.');
  if (target.kind !== 'new-collection') throw refusePlain(409, 'The collection above does not exist.');
  const body = xmlBody(exchange);
  const changes = body === null ? [] : changesOf(body);
  if (exchange.method === 'MKCOL') checkType(body, changes);
  const refused = changes.find((change) => refusalOf(change, true) !== null);
  if (refused !== undefined) {
    const { ns, name } = refused.property;
    const stat = propstat('403 Forbidden', element(ns, name));
    const wrap =
      exchange.method === 'MKCOL' ? element(DAV, 'mkcol-response', stat) : element(CALDAV, 'mkcalendar-response', stat);
    return xmlAnswer(403, wrap.replace('>', ` ${DECLARATIONS}>`));
  }
  const kept = changes.filter((change) => idOf(change) !== COMPONENT_SET && idOf(change) !== TYPE);
  const properties = kept.flatMap((change) => (change.value === null ? [] : [[idOf(change), change.value] as const]));
  site.store.create(target.principal, target.slug, 'calendar', componentsOf(changes), properties);
  return empty(201);
}
