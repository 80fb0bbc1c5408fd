import { multistatus, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { xmlBody } from '../../http/exchange.ts';
import { CALDAV, DAV, element, escapeXml, href, key } from '../../xml/names.ts';
import { childrenOf, writeXml, type XmlElement } from '../../xml/parse.ts';
import { parseCalendar } from '../../ical/reader.ts';
import { isProtected } from '../properties.ts';
import type { Missing, Resource } from '../../paths.ts';
import { propstat } from '../responses.ts';
import type { Call } from '../../site.ts';

/** One instruction: set a property (the whole element) or take it away (null). */
export interface Change {
  readonly property: XmlElement;
  readonly value: string | null;
}

/** Reads DAV:set and DAV:remove in document order. */
export function changesOf(body: XmlElement): Change[] {
  return body.children.flatMap((step) => {
    if (step.ns !== DAV || (step.name !== 'set' && step.name !== 'remove')) return [];
    return childrenOf(step, DAV, 'prop').flatMap((prop) =>
      prop.children.map((property) => ({ property, value: step.name === 'set' ? writeXml(property) : null })),
    );
  });
}

/** Whether a client may make this change; gives the status and error element when not. */
export function refusalOf({ property, value }: Change, creating: boolean): string | null {
  const id = key(property.ns, property.name);
  if (creating && id === key(CALDAV, 'supported-calendar-component-set')) return null;
  if (creating && id === key(DAV, 'resourcetype')) return null;
  if (isProtected(id)) return element(DAV, 'cannot-modify-protected-property');
  if (id === key(CALDAV, 'calendar-timezone') && value !== null) {
    try {
      parseCalendar(property.text.trim());
    } catch {
      return element(CALDAV, 'valid-calendar-data');
    }
  }
  return null;
}

function apply(call: Call, changes: readonly Change[], properties: Map<string, string>): Map<string, string> {
  for (const change of changes) {
    const id = key(change.property.ns, change.property.name);
    const value = keptOf(call, change);
    if (value === null) properties.delete(id);
    else properties.set(id, value);
  }
  return properties;
}

/** What is stored of a value that is set; null takes the property away. */
export function keptOf({ site }: Call, { property, value }: Change): string | null {
  const { ns, name, text } = property;
  const most = site.personality.shortens.get(name);
  if (value === null || most === undefined) return value;
  return element(ns, name, escapeXml(text.trim().slice(0, most)));
}

/** PROPPATCH (RFC 4918 §9.2): all changes or none. The scheduling headers are checked and have nothing to do here. */
export function proppatch(call: Call, target: Resource | Missing): Answer {
  if (!('path' in target)) throw refusePlain(404, 'There is nothing here.');
  const body = xmlBody(call.exchange);
  if (body?.ns !== DAV || body.name !== 'propertyupdate') {
    throw refusePlain(400, 'The body must be a DAV:propertyupdate element.');
  }
  if (target.kind !== 'collection' && target.kind !== 'object') {
    const reason = 'Properties can be set on collections and objects only.';
    throw refuse(403, element(DAV, 'cannot-modify-protected-property'), reason);
  }
  const changes = changesOf(body);
  const refused = changes.some((change) => refusalOf(change, false) !== null);
  const name = ({ property }: Change): string => element(property.ns, property.name);
  if (!refused) {
    if (target.kind === 'collection') {
      apply(call, changes, target.collection.properties);
      call.site.store.saveProperties(target.collection);
    } else {
      const properties = apply(call, changes, new Map(target.object.properties));
      call.site.store.setProperties(target.collection, target.object, properties);
    }
  }
  const stats = changes.map((change) => {
    const error = refusalOf(change, false);
    if (error !== null)
      return propstat('403 Forbidden', name(change)).replace(
        '</D:propstat>',
        `<D:error>${error}</D:error></D:propstat>`,
      );
    return propstat(refused ? '424 Failed Dependency' : '200 OK', name(change));
  });
  return multistatus([`<D:response>${href(target.path)}${stats.join('')}</D:response>`]);
}
