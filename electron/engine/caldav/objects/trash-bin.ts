import { HushError } from '../../../../shared/model/failure.ts';
import { bodyText } from '../answers/answers.ts';
import { classifyWrite } from '../answers/classify.ts';
import { getObject } from './fetch-objects.ts';
import type { Http } from '../transport/http.ts';
import { HrefPlaces } from '../href-places.ts';
import { queryUids, type QueriedUid } from './list-uids.ts';
import type { GotObject, TrashBin, TrashedObject, WriteResult } from '../types.ts';
import { objectPath, parentUrl, pathKey, segmentsOf, type CollectionUrl } from '../url.ts';
import { writeFailure } from './write-failure.ts';

/** The DAV token by which a server announces it. */
export const TRASH_TOKEN = 'nc-calendar-trashbin';

const NEXTCLOUD = 'http://nextcloud.com/ns';
const PROPS = ['deleted-at', 'calendar-uri', 'source-calendar-uri']
  .map((name) => `<N:${name} xmlns:N="${NEXTCLOUD}"/>`)
  .join('');

/**
 * The trash bin of a calendar, as Nextcloud has it (apps/dav/lib/CalDAV/Trashbin): one for all calendars of a home, in
 * `trashbin/objects/` beside them. It answers calendar-query and GET, and no PROPFIND of depth 1. A MOVE to
 * `trashbin/restore/` takes something back out.
 */
export function openTrashBin(http: Http, calendar: CollectionUrl): TrashBin {
  const home = parentUrl(calendar);
  const path = `${home?.path ?? '/'}trashbin/objects/`;
  const bin: CollectionUrl = { origin: calendar.origin, path, url: calendar.origin + path };
  const places = new HrefPlaces(bin);
  return {
    async list(signal) {
      const queried = await queryUids(http, bin, places, signal, PROPS);
      if (queried === null || queried.unseen.length > 0) throw notListed(bin.url);
      return queried.objects
        .filter((object) => cameFrom(object, calendar))
        .map((object) => ({ href: object.href, etag: object.etag, uids: object.uids, deletedAt: deletedAt(object) }));
    },
    get: (href, signal): Promise<GotObject | null> => getObject(http, bin, href, signal),
    remove: (href, headers) => write(http, bin, 'DELETE', href, headers),
    // RestoreTarget.php, moveInto: whatever the last part of the path is.
    restore: (href, name, headers) =>
      write(http, bin, 'MOVE', href, { ...headers, destination: `${new URL('../restore/', bin.url).href}${name}` }),
  };
}

async function write(
  http: Http,
  bin: CollectionUrl,
  method: 'DELETE' | 'MOVE',
  href: string,
  headers: Readonly<Record<string, string>>,
): Promise<WriteResult> {
  try {
    const answer = await http.send({ method, path: objectPath(href, bin), headers, mayGo: () => false });
    const { status, denied } = answer;
    return classifyWrite(status, answer.headers, bodyText(answer), { method, headers, denied });
  } catch (error) {
    return writeFailure(error, bin.origin);
  }
}

/** Whether a deleted object lay in the calendar; one that does not say where it lay may have. */
function cameFrom(object: QueriedUid, { path }: CollectionUrl): boolean {
  const from = textOf(object, 'calendar-uri') ?? textOf(object, 'source-calendar-uri');
  const last = (address: string): string => pathKey(segmentsOf(address).at(-1) ?? '');
  return from === null || last(from) === last(path);
}

/** Milliseconds since 1970; null where the server does not say. */
function deletedAt(object: QueriedUid): TrashedObject['deletedAt'] {
  const text = textOf(object, 'deleted-at') ?? '';
  return /^\d{9,11}$/.test(text) ? Number(text) * 1000 : null;
}

function textOf(object: QueriedUid, name: string): string | null {
  const text = object.props.find((prop) => prop.name === name && prop.namespace === NEXTCLOUD)?.text.trim() ?? '';
  return text === '' ? null : text;
}

function notListed(url: string): HushError {
  return new HushError({
    code: 'TRASH_NOT_LISTED',
    message: `The server does not list what lies in the trash bin ${url}.`,
    reaction: 'skip-item',
  });
}
