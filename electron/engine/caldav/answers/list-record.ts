import type { ETag } from '../types.ts';
import { strongETag } from './classify.ts';
import { propOf, type DavResponse } from './multistatus.ts';
import { DAV } from './xml.ts';

/** What of one response of a list counts. */
export interface ListRecord {
  readonly href: string;
  /** Status of the response itself; null when it is told by property. */
  readonly status: number | null;
  readonly etag: ETag | null;
  /** The ETag as it is written, a weak one too; empty: the response has none. */
  readonly tag: string;
  readonly isCollection: boolean;
}

export function recordOf(response: DavResponse): ListRecord {
  const tag = tagOf(response);
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  return {
    href: flat(response.href),
    status: response.status,
    etag: strongETag(tag),
    tag,
    isCollection: types.some(({ name, namespace }) => name === 'collection' && namespace === DAV),
  };
}

/** The ETag that a response gives, as it is written; empty where it gives none. */
export function tagOf(response: DavResponse): string {
  return flat(propOf(response, DAV, 'getetag')?.text.trim() ?? '');
}

/** The same text by itself: what was cut out of an answer holds on to all of it. */
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
