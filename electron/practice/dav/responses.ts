import type { Principal } from '../store/model.ts';
import { CALDAV, DAV, element, escapeXml, href } from '../xml/names.ts';
import { childOf, type XmlElement } from '../xml/parse.ts';
import { checkData, selectData } from './calendar-data.ts';
import type { Resource } from '../paths.ts';
import { ALLPROP, calendarData, propertyNames, propertyOf } from './properties.ts';
import type { Site } from '../site.ts';

/** What is asked of each resource of a PROPFIND or REPORT. */
export type Wanted =
  | { readonly kind: 'names' }
  | { readonly kind: 'all'; readonly include: readonly Name[] }
  | { readonly kind: 'some'; readonly names: readonly Name[] };
interface Name {
  readonly ns: string;
  readonly name: string;
  /** For calendar-data: which part of it (RFC 4791 §9.6). */
  readonly request?: XmlElement;
}

/** Reads prop, propname or allprop of a request body; no body means allprop (RFC 4918 §9.1). */
export function wantedOf(body: XmlElement | null): Wanted {
  if (body === null) return { kind: 'all', include: [] };
  if (childOf(body, DAV, 'propname') !== undefined) return { kind: 'names' };
  const prop = childOf(body, DAV, 'prop');
  if (prop !== undefined) return { kind: 'some', names: prop.children.map(nameOf) };
  return { kind: 'all', include: (childOf(body, DAV, 'include')?.children ?? []).map(nameOf) };
}

function nameOf(property: XmlElement): Name {
  const { ns, name } = property;
  if (ns !== CALDAV || name !== 'calendar-data') return { ns, name };
  checkData(property);
  return property.children.length === 0 ? { ns, name } : { ns, name, request: property };
}

export const propstat = (status: string, properties: string): string =>
  `<D:propstat><D:prop>${properties}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`;

export const statusResponse = (path: string, status: string, precondition = ''): string => {
  const error = precondition === '' ? '' : `<D:error>${precondition}</D:error>`;
  return `<D:response>${href(path)}<D:status>HTTP/1.1 ${status}</D:status>${error}</D:response>`;
};

function value(resource: Resource, { ns, name, request }: Name, site: Site, actor: Principal): string | undefined {
  if (ns === CALDAV && name === 'calendar-data') {
    if (resource.kind !== 'object' || resource.object.component === '') return undefined;
    const { text } = resource.object;
    return calendarData(request === undefined ? text : selectData(text, request));
  }
  return propertyOf(resource, ns, name, site, actor);
}

function namesFor(resource: Resource, wanted: Wanted, site: Site, actor: Principal): readonly Name[] {
  if (wanted.kind === 'some') return wanted.names;
  if (wanted.kind === 'names') return propertyNames(resource, site, actor);
  return [...propertyNames(resource, site, actor, ALLPROP), ...wanted.include];
}

/** One `DAV:response` with its propstats. */
export function response(resource: Resource, wanted: Wanted, site: Site, actor: Principal): string {
  let found = '';
  let missing = '';
  for (const name of namesFor(resource, wanted, site, actor)) {
    if (wanted.kind === 'names') {
      found += element(name.ns, name.name);
      continue;
    }
    const inner = value(resource, name, site, actor);
    if (inner === undefined) missing += element(name.ns, name.name);
    else found += inner;
  }
  const ok = found === '' && missing !== '' ? '' : propstat('200 OK', found);
  const lacking = missing === '' ? '' : propstat('404 Not Found', missing);
  return `<D:response><D:href>${escapeXml(resource.path)}</D:href>${ok}${lacking}</D:response>`;
}
