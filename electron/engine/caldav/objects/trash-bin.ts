import { HushError } from '../../../../shared/model/failure.ts';
import { bodyText } from '../answers/answers.ts';
import { classifyWrite } from '../answers/classify.ts';
import { getObject, type GotObject } from './fetch-objects.ts';
import type { Http } from '../transport/http.ts';
import { queryUids, uidOf } from './list-uids.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import type { TrashBin, TrashedObject, WriteResult } from '../types.ts';
import { objectPath, parentUrl, pathKey, type CollectionUrl } from '../url.ts';
import { writeFailure } from './write-failure.ts';

/** The DAV token by which a server announces it. */
export const TRASH_TOKEN = 'nc-calendar-trashbin';

const NEXTCLOUD = 'http://nextcloud.com/ns';
const PROPS = ['deleted-at', 'calendar-uri', 'source-calendar-uri']
  .map((name) => `<N:${name} xmlns:N="${NEXTCLOUD}"/>`)
  .join('');

/**
 * The trash bin of a calendar, as Nextcloud has it (apps/dav/lib/CalDAV/Trashbin): one for all calendars of a home, in
 * `trashbin/objects/` beside them. It answers calendar-query and GET, and no PROPFIND of depth 1.
 */
export function openTrashBin(http: Http, calendar: CollectionUrl): TrashBin {
  const home = parentUrl(calendar);
  const path = `${home?.path ?? '/'}trashbin/objects/`;
  const bin: CollectionUrl = { origin: calendar.origin, path, url: calendar.origin + path };
  return {
    async list(signal) {
      const responses = await queryUids(http, bin, signal, PROPS);
      if (responses === null) throw notListed(bin.url);
      return responses.flatMap((response) => {
        if (!cameFrom(response, calendar)) return [];
        const found = uidOf(response, bin);
        return found === null ? [] : [{ ...found, deletedAt: deletedAt(response) }];
      });
    },
    get: (href, signal): Promise<GotObject | null> => getObject(http, bin, href, signal),
    remove: (href, headers) => removeForGood(http, bin, href, headers),
  };
}

async function removeForGood(
  http: Http,
  bin: CollectionUrl,
  href: string,
  headers: Readonly<Record<string, string>>,
): Promise<WriteResult> {
  try {
    const answer = await http.send({ method: 'DELETE', path: objectPath(href, bin), headers, mayGo: () => false });
    const { status, denied } = answer;
    return classifyWrite(status, answer.headers, bodyText(answer), { method: 'DELETE', headers, denied });
  } catch (error) {
    return writeFailure(error, bin.origin);
  }
}

/** Whether a deleted object lay in the calendar; one that does not say where it lay may have. */
function cameFrom(response: DavResponse, { path }: CollectionUrl): boolean {
  const from = textOf(response, 'calendar-uri') ?? textOf(response, 'source-calendar-uri');
  const own = path.split('/').at(-2) ?? '';
  return from === null || pathKey(from.split('/').findLast((part) => part !== '') ?? '') === pathKey(own);
}

/** Milliseconds since 1970; null where the server does not say. */
function deletedAt(response: DavResponse): TrashedObject['deletedAt'] {
  const text = textOf(response, 'deleted-at') ?? '';
  return /^\d{9,11}$/.test(text) ? Number(text) * 1000 : null;
}

function textOf(response: DavResponse, name: string): string | null {
  const text = propOf(response, NEXTCLOUD, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}

function notListed(url: string): HushError {
  return new HushError({
    code: 'TRASH_NOT_LISTED',
    message: `The server does not list what lies in the trash bin ${url}.`,
    reaction: 'skip-item',
  });
}
