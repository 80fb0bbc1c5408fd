import { HushError } from '../../../../shared/model/failure.ts';
import { bodyText } from '../answers/answers.ts';
import type { Http } from '../transport/http.ts';
import type { StatusPage } from '../types.ts';

/** How long an answer counts, in milliseconds: one job asks once, however many calendars it opens. */
const LASTS = 5 * 60_000;
const MOST_KEPT = 200;
const MAX_BYTES = 64 * 1024;

const kept = new Map<string, { readonly at: number; readonly page: Promise<StatusPage | null> }>();

/** DAV tokens of Nextcloud and ownCloud, the servers that have the page. */
const TELLING = /^(?:nc|nextcloud|oc|owncloud)-/;
const DAV_SCRIPT = '/remote.php/';

/**
 * What `status.php` of a Nextcloud or ownCloud says, which tell their version outside DAV alone. Asked without credentials,
 * above `remote.php`, since the product may lie in a folder of the server; and only where the server looks like one.
 *
 * @param path of a collection
 * @returns null where there is no such page
 */
export async function readStatusPage(
  http: Http,
  path: string,
  davTokens: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<StatusPage | null> {
  const at = path.indexOf(DAV_SCRIPT);
  if (at < 0 && ![...davTokens].some((token) => TELLING.test(token))) return null;
  const page = `${at < 0 ? '' : path.slice(0, at)}/status.php`;
  const key = http.origin + page;
  const now = Date.now();
  const known = kept.get(key);
  if (known !== undefined && now - known.at < LASTS) return known.page;
  const asked = askStatusPage(http, page, signal);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, { at: now, page: asked });
  const forget = (): void => {
    if (kept.get(key)?.page === asked) kept.delete(key);
  };
  // What could not be read is asked again.
  asked.then((found) => {
    if (found === null) forget();
  }, forget);
  return asked;
}

async function askStatusPage(http: Http, page: string, signal?: AbortSignal): Promise<StatusPage | null> {
  const request = {
    method: 'GET',
    path: page,
    anonymous: true,
    maxBytes: MAX_BYTES,
    mayGo: (to: string) => to === page,
  };
  try {
    // Once: what a page beside the calendar says is worth no waiting.
    const answer = await http.send(signal === undefined ? request : { ...request, signal });
    return answer.status === 200 ? parseStatusPage(bodyText(answer)) : null;
  } catch (error) {
    if (error instanceof HushError && error.failure.code === 'STOPPED') throw error;
    return null;
  }
}

/** Null for what is no such page. A version that its administrator hides is empty there, and null here. */
export function parseStatusPage(text: string): StatusPage | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== 'object' || said === null || !('installed' in said)) return null;
  const product = 'productname' in said && typeof said.productname === 'string' ? said.productname : '';
  const version = 'versionstring' in said && typeof said.versionstring === 'string' ? said.versionstring : '';
  return { product, version: /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? null };
}
