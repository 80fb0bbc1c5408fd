import { HushError } from '../../../../shared/model/failure.ts';
import { bodyText } from '../answers/answers.ts';
import type { Http } from '../transport/http.ts';
import type { StatusPage } from '../types.ts';

const MAX_BYTES = 64 * 1024;
/** DAV tokens of Nextcloud and ownCloud, the servers that have the page. */
const TELLING = /^(?:nc|nextcloud|oc|owncloud)-/;
const DAV_SCRIPT = '/remote.php/';

/** Whether a server looks like one that has the page. */
export function hasStatusPage(path: string, davTokens: ReadonlySet<string>): boolean {
  return path.includes(DAV_SCRIPT) || [...davTokens].some((token) => TELLING.test(token));
}

/** Where the page is: above `remote.php`, since the product may lie in a folder of the server. */
export function statusPageAt(path: string): string {
  const at = path.indexOf(DAV_SCRIPT);
  return `${at < 0 ? '' : path.slice(0, at)}/status.php`;
}

/**
 * What `status.php` of a Nextcloud or ownCloud says, which tell their version outside DAV alone. Asked without the password.
 *
 * @returns null where there is no such page
 */
export async function askStatusPage(http: Http, page: string, signal?: AbortSignal): Promise<StatusPage | null> {
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
