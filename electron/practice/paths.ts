import type { Collection, Principal, StoredObject } from './store/model.ts';
import type { Store } from './store/store.ts';
import { refusePlain } from './http/answer.ts';

export const ROOT = '/dav/';
export const PRINCIPALS = '/dav/principals/';
export const HOMES = '/dav/calendars/';

/** What a URL names. */
export type Resource =
  | { readonly kind: 'root'; readonly path: string }
  | { readonly kind: 'principals'; readonly path: string }
  | { readonly kind: 'homes'; readonly path: string }
  | { readonly kind: 'principal'; readonly path: string; readonly principal: Principal }
  | { readonly kind: 'home'; readonly path: string; readonly principal: Principal }
  | { readonly kind: 'collection'; readonly path: string; readonly collection: Collection }
  | { readonly kind: 'object'; readonly path: string; readonly collection: Collection; readonly object: StoredObject };

/** A URL that names nothing yet, with what it would be. */
export type Missing =
  | { readonly kind: 'new-collection'; readonly principal: Principal; readonly slug: string }
  | { readonly kind: 'new-object'; readonly collection: Collection; readonly name: string }
  | { readonly kind: 'nowhere'; readonly principal: Principal | null };

/** Percent-encodes one path segment, leaving what RFC 3986 allows in it. */
export const segment = (name: string): string =>
  encodeURIComponent(name).replace(/%(40|3A|24|26|2B|2C|3B|3D)/g, (encoded) => decodeURIComponent(encoded));

/** A slug; only nested folders have a slash in it. */
const segments = (slug: string): string =>
  slug.includes('/') ? slug.split('/').map(segment).join('/') : segment(slug);

export const principalPath = (principal: Principal): string => `${PRINCIPALS}${segment(principal.user)}/`;
export const homePath = (principal: Principal): string => `${HOMES}${segment(principal.user)}/`;
export const collectionPath = (collection: Collection): string =>
  `${homePath(collection.owner)}${segments(collection.slug)}/`;
export const objectPath = (collection: Collection, name: string): string => collectionPath(collection) + segment(name);

function segmentsOf(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw refusePlain(400, 'The URL is not percent-encoded UTF-8.');
  }
}

/** Finds what a percent-encoded path names. */
export function locate(store: Store, path: string): Resource | Missing {
  const [dav, branch, user, ...names] = segmentsOf(path);
  if (dav === undefined) return { kind: 'root', path: '/' };
  const nowhere: Missing = { kind: 'nowhere', principal: null };
  if (dav !== 'dav') return nowhere;
  if (branch === undefined) return { kind: 'root', path: ROOT };
  if (branch !== 'principals' && branch !== 'calendars') return nowhere;
  if (user === undefined) {
    return branch === 'principals' ? { kind: 'principals', path: PRINCIPALS } : { kind: 'homes', path: HOMES };
  }
  const principal = store.principals.get(user);
  if (principal === undefined) return nowhere;
  if (branch === 'principals') {
    return names.length === 0 ? { kind: 'principal', path: principalPath(principal), principal } : nowhere;
  }
  return inHome(store, principal, names);
}

function inHome(store: Store, principal: Principal, names: readonly string[]): Resource | Missing {
  const [slug, ...below] = names;
  if (slug === undefined) return { kind: 'home', path: homePath(principal), principal };
  let collection = store.collection(principal.user, slug);
  if (collection === undefined) {
    return below.length === 0 ? { kind: 'new-collection', principal, slug } : { kind: 'nowhere', principal };
  }
  while ((collection.kind === 'folder' || collection.kind === 'trashbin') && below.length > 0) {
    const folder = store.collection(principal.user, `${collection.slug}/${below[0] ?? ''}`);
    if (folder === undefined) break;
    collection = folder;
    below.shift();
  }
  const [name, ...rest] = below;
  if (name === undefined) return { kind: 'collection', path: collectionPath(collection), collection };
  if (rest.length > 0) return { kind: 'nowhere', principal };
  const object = collection.objects.get(name);
  if (object === undefined) return { kind: 'new-object', collection, name };
  return { kind: 'object', path: objectPath(collection, name), collection, object };
}

/** Whose tree a resource lies in; null where everybody may read. */
export function ownerOf(resource: Resource | Missing): Principal | null {
  switch (resource.kind) {
    case 'root':
    case 'principals':
    case 'homes':
    case 'principal':
      return null;
    case 'home':
    case 'new-collection':
    case 'nowhere':
      return resource.principal;
    case 'collection':
    case 'object':
    case 'new-object':
      return resource.collection.owner;
  }
}
