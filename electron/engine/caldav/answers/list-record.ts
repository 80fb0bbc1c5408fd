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
  readonly isCollection: boolean;
}

export function recordOf(response: DavResponse): ListRecord {
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  return {
    href: flat(response.href),
    status: response.status,
    etag: strongETag(flat(propOf(response, DAV, 'getetag')?.text ?? '')),
    isCollection: types.some(({ name, namespace }) => name === 'collection' && namespace === DAV),
  };
}

/** The same text by itself: what was cut out of an answer holds on to all of it. */
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
