import { multistatus, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { xmlBody } from '../../http/exchange.ts';
import { DAV, element } from '../../xml/names.ts';
import { collectionPath, homePath, objectPath, principalPath, PRINCIPALS, HOMES, type Resource } from '../../paths.ts';
import { response, wantedOf } from '../responses.ts';
import { mayRead } from '../rights.ts';
import type { Call } from '../../site.ts';
import { sharesOn, withRights } from '../shares.ts';
import { holdsDeleted } from '../trash.ts';

function* members({ site, actor }: Call, resource: Resource): Generator<Resource> {
  const { store } = site;
  const principals = [...store.principals.values()];
  switch (resource.kind) {
    case 'root':
      yield { kind: 'principals', path: PRINCIPALS };
      yield { kind: 'homes', path: HOMES };
      return;
    case 'principals':
      for (const principal of principals) yield { kind: 'principal', path: principalPath(principal), principal };
      return;
    case 'homes':
      for (const principal of principals) {
        if (mayRead(actor, principal)) yield { kind: 'home', path: homePath(principal), principal };
      }
      return;
    case 'home':
      for (const collection of store.collections(resource.principal.user)) {
        if (collection.slug.includes('/')) continue;
        yield { kind: 'collection', path: collectionPath(collection), collection };
      }
      return;
    case 'collection': {
      const { collection } = resource;
      for (const folder of store.inside(collection)) {
        if (folder.slug.includes('/', collection.slug.length + 1)) continue;
        yield { kind: 'collection', path: collectionPath(folder), collection: folder };
      }
      for (const object of [...collection.objects.values()]) {
        yield { kind: 'object', path: objectPath(collection, object.name), collection, object };
      }
      return;
    }
    case 'principal':
    case 'object':
  }
}

/** PROPFIND, depth 0 and 1 (RFC 4918 §9.1); `infinity` is refused with propfind-finite-depth. */
export function propfind(call: Call, resource: Resource): Answer {
  const depth = (call.exchange.header('depth') ?? 'infinity').toLowerCase();
  if (depth !== '0' && depth !== '1') {
    if (depth !== 'infinity') throw refusePlain(400, 'Depth must be 0, 1 or infinity.');
    throw refuse(403, element(DAV, 'propfind-finite-depth'), 'Depth infinity is not offered.');
  }
  if (depth === '1' && resource.kind === 'collection' && holdsDeleted(resource.collection)) {
    throw refusePlain(501, 'What was deleted is listed by calendar-query only.');
  }
  const body = xmlBody(call.exchange);
  if (body !== null && (body.ns !== DAV || body.name !== 'propfind')) {
    throw refusePlain(400, 'The body must be a DAV:propfind element.');
  }
  const wanted = wantedOf(body);
  function* responses(): Generator<string> {
    yield response(resource, wanted, call.site, call.actor);
    if (depth === '1') {
      for (const member of members(call, resource)) yield response(member, wanted, call.site, call.actor);
      if (resource.kind !== 'home') return;
      for (const { path, collection, sharee } of sharesOn(call.site)) {
        if (sharee.user !== resource.principal.user) continue;
        yield response({ kind: 'collection', path, collection }, wanted, call.site, withRights(call.actor));
      }
    }
  }
  return multistatus(responses());
}
