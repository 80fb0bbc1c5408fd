import { hrefPath, isName, pathKey, requestPath, segmentsOf, type CollectionUrl } from './url.ts';

/** What an href of an answer is: the collection that was asked, or the request path of an object in it; null: neither. */
type Placed = 'self' | { readonly path: string } | null;

/**
 * Places the hrefs of answers about one collection. The address that was asked is the one that works, so requests go
 * there; what servers write for it may be another: without the prefix that a proxy adds, with the user in another case, with
 * the name of an inner host. What an answer calls the collection itself is the base of its hrefs (`learn`).
 */
export class HrefPlaces {
  readonly #collection: CollectionUrl;
  readonly #own: readonly string[];
  /** Other paths that are this collection, as keys of their segments. */
  readonly #bases: (readonly string[])[];

  constructor(collection: CollectionUrl) {
    this.#collection = collection;
    this.#own = keysOf(collection.path);
    this.#bases = [this.#own];
  }

  /** An answer calls the collection itself so. */
  learn(href: string): void {
    const path = hrefPath(href, this.#collection.url);
    const base = path === null ? [] : keysOf(path);
    if (base.length === 0 || this.#bases.some((known) => isEqual(known, base))) return;
    this.#bases.push(base);
  }

  place(href: string): Placed {
    const readings = this.#readings(href);
    for (const segments of readings) {
      const keys = segments.map(pathKey);
      // The longest first: one base may lie in another.
      const base = this.#bases
        .filter((known) => startsWith(keys, known))
        .reduce<readonly string[] | null>(
          (best, one) => (best === null || one.length > best.length ? one : best),
          null,
        );
      if (base !== null) return this.#below(segments.slice(base.length));
    }
    const [segments = []] = readings;
    if (href.trim().endsWith('/') && isRelated(keysOf(segments.join('/')), this.#own)) return 'self';
    return isRelated(keysOf(segments.slice(0, -1).join('/')), this.#own) ? this.#below(segments.slice(-1)) : null;
  }

  /** `//a/b` is the path `/b` on the host `a`, unless the calendar itself has such an address. */
  #readings(href: string): readonly (readonly string[])[] {
    const text = href.trim();
    const path = hrefPath(text, this.#collection.url);
    const all = [...(path === null ? [] : [segmentsOf(path)])];
    return text.startsWith('//') && path !== null ? [...all, segmentsOf(text)] : all;
  }

  /** A slash in a name of an object can only be an encoded one: a list of depth 1 names nothing that is deeper. */
  #below(segments: readonly string[]): Placed {
    if (segments.length === 0) return 'self';
    const name = segments.join('%2F');
    return isName(name) ? { path: this.#collection.path + requestPath(name) } : null;
  }
}

/** The folder that hrefs lie in, the only one or the one around all others; null where none is. */
export function commonFolder(hrefs: readonly string[], base: string): string | null {
  const all = hrefs.map((href) => ({ href, keys: keysOf(hrefPath(href, base) ?? '') }));
  const [first, ...rest] = [...all].sort((one, other) => one.keys.length - other.keys.length);
  if (first === undefined || first.keys.length === 0) return null;
  return rest.every(({ keys }) => startsWith(keys, first.keys)) ? first.href : null;
}

/**
 * Other spellings of an object's address, for where the listed one leads nowhere: encoded once too often, or a slash in
 * its name that the server wants as it is.
 */
export function otherSpellings(path: string): readonly string[] {
  const at = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, at), path.slice(at)];
  const once = name.replace(/%25([0-9a-f]{2})/gi, '%$1');
  const raw = name.replace(/%2F/gi, '/');
  return [...new Set([once, raw])].filter((one) => one !== name && isName(one)).map((one) => folder + one);
}

/** Equal for names that differ only in how often and how they are encoded. */
export function looseName(path: string): string {
  let name = path.slice(path.lastIndexOf('/') + 1);
  for (let round = 0; round < 3; round += 1) {
    try {
      name = decodeURIComponent(name.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    } catch {
      break;
    }
  }
  return name;
}

function keysOf(path: string): readonly string[] {
  return segmentsOf(path).map(pathKey);
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && startsWith(one, other);
}

function startsWith(keys: readonly string[], base: readonly string[]): boolean {
  return base.every((segment, at) => segment === keys[at]);
}

/** Whether one path is the other with a prefix, whatever the case. */
function isRelated(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  const end = (keys: readonly string[]): string =>
    keys
      .slice(keys.length - length)
      .join('/')
      .toLowerCase();
  return length > 0 && end(one) === end(other);
}
