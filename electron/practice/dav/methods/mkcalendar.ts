import { refuse, refusePlain, xmlAnswer, empty, type Answer } from '../../http/answer.ts';
import { xmlBody } from '../../http/exchange.ts';
import type { Principal } from '../../store/model.ts';
import { DEFAULT_COMPONENTS } from '../../store/store.ts';
import { CALDAV, DAV, DECLARATIONS, element, key } from '../../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../../xml/parse.ts';
import type { Missing, Resource } from '../../paths.ts';
import { changesOf, keptOf, refusalOf, type Change } from './proppatch.ts';
import { propstat } from '../responses.ts';
import type { Call } from '../../site.ts';

const COMPONENT_SET = key(CALDAV, 'supported-calendar-component-set');
const TYPE = key(DAV, 'resourcetype');
const idOf = ({ property }: Change): string => key(property.ns, property.name);

function componentsOf(changes: readonly Change[]): readonly string[] {
  const set = changes.find((change) => idOf(change) === COMPONENT_SET)?.property;
  if (set === undefined) return DEFAULT_COMPONENTS;
  return childrenOf(set, CALDAV, 'comp').map((comp) => comp.attributes['name']?.toUpperCase() ?? '');
}

/** What is to be made: extended MKCOL (RFC 5689) names it, MKCOL without a body makes a folder. */
function kindOf(call: Call, body: XmlElement | null, changes: readonly Change[]): 'calendar' | 'folder' {
  if (call.exchange.method === 'MKCALENDAR') return 'calendar';
  if (body === null) return 'folder';
  const type = changes.find((change) => idOf(change) === TYPE)?.property;
  if (type !== undefined && childOf(type, CALDAV, 'calendar') !== undefined) return 'calendar';
  if (type?.children.every(({ ns, name }) => ns === DAV && name === 'collection') === true) return 'folder';
  throw refuse(403, element(DAV, 'valid-resourcetype'), 'Only calendars and plain collections can be made here.');
}

/** Where it is to be made, as a slug of a home. Calendars lie in the home itself, folders also in each other. */
function slugOf(target: Missing, kind: 'calendar' | 'folder'): { principal: Principal; slug: string } {
  if (target.kind === 'nowhere') throw refusePlain(409, 'The collection above does not exist.');
  const name = target.kind === 'new-collection' ? target.slug : target.name;
  if (name.includes('/')) throw refusePlain(403, 'The name of a collection cannot hold a slash.');
  if (target.kind === 'new-collection') return { principal: target.principal, slug: name };
  const { collection } = target;
  if (kind === 'folder' && collection.kind === 'folder') {
    return { principal: collection.owner, slug: `${collection.slug}/${name}` };
  }
  const location = element(CALDAV, 'calendar-collection-location-ok');
  throw refuse(403, location, 'A collection cannot lie inside a calendar, and a calendar lies in the home only.');
}

function bodyOf(call: Call): XmlElement | null {
  const type = call.exchange.header('content-type');
  if (type !== undefined && call.exchange.body.length > 0 && !/^\s*(?:application|text)\/xml\b/i.test(type)) {
    throw refusePlain(415, 'The body must be XML.');
  }
  return xmlBody(call.exchange);
}

/** MKCALENDAR (RFC 4791 §5.3.1), MKCOL and extended MKCOL. */
export function mkcalendar(call: Call, target: Resource | Missing): Answer {
  const { exchange, site } = call;
  if ('path' in target) {
    const exists = element(DAV, 'resource-must-be-null');
    throw exchange.method === 'MKCALENDAR'
      ? refuse(403, exists, 'There is already something here.')
      : refusePlain(405, 'There is already something here.');
  }
  const body = bodyOf(call);
  const changes = body === null ? [] : changesOf(body);
  const kind = kindOf(call, body, changes);
  const { principal, slug } = slugOf(target, kind);
  const refused = changes.find((change) => refusalOf(change, true) !== null);
  if (refused !== undefined) {
    const { ns, name } = refused.property;
    const stat = propstat('403 Forbidden', element(ns, name));
    const wrap =
      exchange.method === 'MKCOL' ? element(DAV, 'mkcol-response', stat) : element(CALDAV, 'mkcalendar-response', stat);
    return xmlAnswer(403, wrap.replace('>', ` ${DECLARATIONS}>`));
  }
  const kept = changes.filter((change) => idOf(change) !== COMPONENT_SET && idOf(change) !== TYPE);
  const properties = kept.flatMap((change) => {
    const value = keptOf(call, change);
    return value === null ? [] : [[idOf(change), value] as const];
  });
  site.store.create(principal, slug, kind, kind === 'folder' ? [] : componentsOf(changes), properties);
  return empty(201);
}
