import type { DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { HrefPlaces } from '../href-places.ts';
import type { Http } from '../transport/http.ts';
import type { Account, Unseen } from '../types.ts';
import { collectionUrl, hrefPath, pathKey, type CollectionUrl } from '../url.ts';
import { CALENDAR_PROPS, isWritableKind, toCalendarInfo } from './calendar-info.ts';
import { notAsked } from './other-host.ts';
import { isWrongAddress } from './wrong-address.ts';

interface Calendars {
  readonly calendars: Account['calendars'];
  /** What the homes name and cannot be seen. */
  readonly unseen: readonly Unseen[];
  /** What the first calendar said about itself. */
  readonly described: DavResponse | undefined;
}

/**
 * Calendars in the given collections, each once, in the server's order.
 *
 * @param mayHide the first collection is above a calendar that was given, and counts for nothing where it is hidden
 * @param claimed the home, as the server names it on another host; null where it does not
 */
export async function listCalendars(
  http: Http,
  paths: readonly string[],
  mayHide: boolean,
  claimed: string | null = null,
): Promise<Calendars> {
  let described: DavResponse | undefined;
  const found = new Map<string, Account['calendars'][number]>();
  const unseen: Unseen[] = [];
  for (const path of paths) {
    const home = collectionUrl(http.origin + path);
    const { responses } = await propfind(http, path, '1', CALENDAR_PROPS).catch((error: unknown) => {
      if (paths.length === 1 || !isWrongAddress(error)) throw error;
      // The parent of a directly given calendar may be hidden from the user; the calendar itself counts.
      if (claimed !== null) unseen.push(notAsked(claimed));
      else if (!mayHide) unseen.push({ href: home.url, reason: error.failure.message });
      return { responses: [] };
    });
    const places = new HrefPlaces(home);
    for (const response of responses) {
      const at = addressIn(places, response.href, home);
      const status = failureOf(response);
      if (at === null || status !== null) unseen.push({ href: response.href, reason: unseenWords(status) });
      if (at === null || !isWritableKind(response)) continue;
      described ??= response;
      const folder = at.endsWith('/') ? at : `${at}/`;
      if (!found.has(pathKey(folder)))
        found.set(pathKey(folder), toCalendarInfo(response, http.origin + folder, folder));
    }
  }
  return { calendars: [...found.values()], unseen, described };
}

/** The status by which a response says that it cannot say what it is; null where it does. */
function failureOf({ status, missing }: DavResponse): number | null {
  if (status !== null && status >= 300) return status;
  const withheld = missing.find((group) => group.status !== 404 && group.names.includes('resourcetype'));
  return withheld?.status ?? null;
}

function unseenWords(status: number | null): string {
  return status === null
    ? 'The home of the user lists it, and it is not known where it lies.'
    : `The home of the user lists it, and the server cannot read it (${status}).`;
}

/** The address of what lies in a home: below it where the server's spelling can be placed there, else as it is written. */
function addressIn(places: HrefPlaces, href: string, home: CollectionUrl): string | null {
  const written = hrefPath(href, home.url);
  if (written === null) return null;
  const isBelow = pathKey(written).startsWith(pathKey(home.path));
  const placed = isBelow ? null : places.place(href);
  return placed === 'self' ? home.path : (placed?.path ?? written);
}
