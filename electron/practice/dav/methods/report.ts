import { multistatus, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { xmlBody } from '../../http/exchange.ts';
import type { Collection, StoredObject } from '../../store/model.ts';
import { CALDAV, DAV, element, escapeXml } from '../../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../../xml/parse.ts';
import { compileFilter } from '../filter.ts';
import { freeBusy } from './free-busy.ts';
import { collectionPath, locate, objectPath, ownerOf, type Missing, type Resource } from '../../paths.ts';
import { principalMatch, principalSearch, searchProperties } from './principal-search.ts';
import { syncToken } from '../properties.ts';
import { response, statusResponse, wantedOf, type Wanted } from '../responses.ts';
import { mayRead } from '../rights.ts';
import type { Call } from '../../site.ts';
import { holdsDeleted } from '../trash.ts';
import { withoutEnd } from '../../../../shared/text/text.ts';

const objectResource = (collection: Collection, object: StoredObject): Resource => ({
  kind: 'object',
  path: objectPath(collection, object.name),
  collection,
  object,
});

/** calendar-multiget (RFC 4791 §7.9): one response per href, 404 inside where there is nothing. */
function multiget(call: Call, body: XmlElement): Answer {
  const { site, actor } = call;
  const wanted = wantedOf(body);
  const hrefs = childrenOf(body, DAV, 'href').map((h) => h.text.trim());
  function* responses(): Generator<string> {
    for (const asked of hrefs) {
      const path = pathOf(asked);
      const found = path === null ? null : locate(site.store, path);
      if (found?.kind !== 'object' || !mayRead(actor, ownerOf(found))) yield statusResponse(asked, '404 Not Found');
      else yield response({ ...found, path: path ?? found.path }, wanted, site, actor);
    }
  }
  return multistatus(responses());
}

function pathOf(asked: string): string | null {
  try {
    return asked.startsWith('/') ? asked : new URL(asked).pathname;
  } catch {
    return null;
  }
}

/** calendar-query (RFC 4791 §7.8). */
function query(call: Call, body: XmlElement, collection: Collection): Answer {
  const { site, actor } = call;
  const filter = childOf(body, CALDAV, 'filter');
  if (filter === undefined) throw refuse(403, element(CALDAV, 'valid-filter'), 'calendar-query needs a filter.');
  const matches = compileFilter(filter, collection);
  const wanted = wantedOf(body);
  function* responses(): Generator<string> {
    for (const object of matches()) yield response(objectResource(collection, object), wanted, site, actor);
  }
  return multistatus(responses());
}

/** The names changed after a revision, each once, in order of their last change. */
function* changedSince(collection: Collection, revision: number): Generator<{ name: string; revision: number }> {
  const { changes } = collection;
  let low = 0;
  for (let high = changes.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
    else high = middle;
  }
  const last = new Map<string, number>();
  for (let i = low; i < changes.length; i++) {
    const change = changes[i];
    if (change !== undefined) last.set(change.name, change.revision);
  }
  for (let i = low; i < changes.length; i++) {
    const change = changes[i];
    if (change !== undefined && last.get(change.name) === change.revision) yield change;
  }
}

function tokenRevision(call: Call, collection: Collection, token: string): number | null {
  if (token === '') return null;
  const prefix = withoutEnd(syncToken(call.site, collection), '0123456789');
  const revision = token.startsWith(prefix) ? Number(token.slice(prefix.length)) : NaN;
  if (!Number.isInteger(revision) || revision < 0 || revision > collection.revision) {
    throw refuse(403, element(DAV, 'valid-sync-token'), 'The sync token is not of this server start; list anew.');
  }
  return revision;
}

function limitOf(body: XmlElement): number {
  const limit = childOf(body, DAV, 'limit');
  const text = limit === undefined ? '' : (childOf(limit, DAV, 'nresults')?.text.trim() ?? '');
  return /^[1-9]\d*$/.test(text) ? Number(text) : Infinity;
}

/** sync-collection (RFC 6578): all members without a token, else what changed; 507 inside when the limit cuts it. */
function sync(call: Call, body: XmlElement, collection: Collection): Answer {
  const { site, actor } = call;
  const since = tokenRevision(call, collection, childOf(body, DAV, 'sync-token')?.text.trim() ?? '');
  const wanted: Wanted = wantedOf(body);
  const limit = limitOf(body);
  const path = collectionPath(collection);
  const changed = [...changedSince(collection, since ?? 0)].filter(
    ({ name }) => since !== null || collection.objects.has(name),
  );
  const part = changed.slice(0, limit);
  const cut = part.length < changed.length;
  const token = syncToken(site, collection, cut ? (part.at(-1)?.revision ?? 0) : collection.revision);
  function* responses(): Generator<string> {
    for (const { name } of part) {
      const object = collection.objects.get(name);
      if (object === undefined) yield statusResponse(objectPath(collection, name), '404 Not Found');
      else yield response(objectResource(collection, object), wanted, site, actor);
    }
    if (cut) {
      yield statusResponse(path, '507 Insufficient Storage', element(DAV, 'number-of-matches-within-limits'));
    }
  }
  return multistatus(responses(), element(DAV, 'sync-token', escapeXml(token)));
}

/** REPORT: the reports that supported-report-set lists; others are refused with DAV:supported-report. */
export function report(call: Call, target: Resource | Missing): Answer {
  if (!('path' in target)) throw refusePlain(404, 'There is nothing here.');
  const body = xmlBody(call.exchange);
  if (body === null) throw refusePlain(400, 'REPORT needs a body.');
  const kind = `${body.ns} ${body.name}`;
  if (kind === `${CALDAV} calendar-multiget`) return multiget(call, body);
  if (kind === `${DAV} principal-property-search`) return principalSearch(call, body);
  if (kind === `${DAV} principal-search-property-set`) return searchProperties();
  if (kind === `${DAV} principal-match`) return principalMatch(call, body);
  if (target.kind === 'collection' && (target.collection.kind === 'calendar' || target.collection.kind === 'inbox')) {
    if (kind === `${CALDAV} calendar-query`) return query(call, body, target.collection);
    if (kind === `${CALDAV} free-busy-query`) return freeBusy(body, target.collection);
    if (kind === `${DAV} sync-collection`) return sync(call, body, target.collection);
  }
  if (target.kind === 'collection' && holdsDeleted(target.collection) && kind === `${CALDAV} calendar-query`) {
    return query(call, body, target.collection);
  }
  throw refuse(403, element(DAV, 'supported-report'), `The report ${body.name} is not offered here.`);
}
