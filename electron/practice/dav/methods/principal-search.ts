import { multistatus, refusePlain, xmlAnswer, type Answer } from '../../http/answer.ts';
import type { Principal } from '../../store/model.ts';
import { CALDAV, CALENDARSERVER, DAV, DECLARATIONS, element } from '../../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../../xml/parse.ts';
import { principalPath } from '../../paths.ts';
import { response, wantedOf } from '../responses.ts';
import type { Call } from '../../site.ts';

const SEARCHABLE = [
  [DAV, 'displayname'],
  [CALDAV, 'calendar-user-address-set'],
  [CALENDARSERVER, 'email-address-set'],
] as const;

function texts(principal: Principal, property: XmlElement): readonly string[] {
  if (property.name === 'displayname') return [principal.displayName];
  if (property.name === 'calendar-user-address-set' || property.name === 'email-address-set') {
    return principal.addresses;
  }
  return [];
}

/** principal-property-search (RFC 3744 §9.4): caseless substring match; all conditions, or any with test="anyof". */
export function principalSearch(call: Call, body: XmlElement): Answer {
  const conditions = childrenOf(body, DAV, 'property-search');
  if (conditions.length === 0) throw refusePlain(400, 'There is no property-search in the body.');
  const any = body.attributes['test'] === 'anyof';
  const holds = (principal: Principal, condition: XmlElement): boolean => {
    const sought = (childOf(condition, DAV, 'match')?.text ?? '').toLowerCase();
    const properties = childOf(condition, DAV, 'prop')?.children ?? [];
    return properties.every((p) => texts(principal, p).some((text) => text.toLowerCase().includes(sought)));
  };
  const wanted = wantedOf(body);
  const found = [...call.site.store.principals.values()].filter((principal) =>
    any ? conditions.some((c) => holds(principal, c)) : conditions.every((c) => holds(principal, c)),
  );
  return multistatus(
    found.map((principal) =>
      response({ kind: 'principal', path: principalPath(principal), principal }, wanted, call.site, call.actor),
    ),
  );
}

/** principal-match (RFC 3744 §9.3) with `self`: who is logged in. */
export function principalMatch(call: Call, body: XmlElement): Answer {
  if (childOf(body, DAV, 'self') === undefined) throw refusePlain(400, 'Only principal-match with self is offered.');
  const { actor, site } = call;
  const resource = { kind: 'principal', path: principalPath(actor), principal: actor } as const;
  return multistatus([response(resource, wantedOf(body), site, actor)]);
}

/** principal-search-property-set (RFC 3744 §9.5). */
export function searchProperties(): Answer {
  const properties = SEARCHABLE.map(([ns, name]) => {
    const description = `<D:description xml:lang="en">${name}</D:description>`;
    return element(DAV, 'principal-search-property', element(DAV, 'prop', element(ns, name)) + description);
  });
  const body = `<D:principal-search-property-set ${DECLARATIONS}>${properties.join('')}</D:principal-search-property-set>`;
  return xmlAnswer(200, body);
}
