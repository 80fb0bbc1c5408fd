import { hasCode } from '../../../../shared/model/failure.ts';
import { headerText, type Http } from '../transport/http.ts';
import type { AnswerHeaders } from '../transport/wire.ts';
import { parseChallenges } from '../challenges.ts';
import type { ProbeAnswers } from '../types.ts';
import { davTokensOf, NAMING_HEADERS, OWN_HEADERS, tokensIn } from './evidence.ts';
import { askStatusPage, hasStatusPage, statusPageAt } from './status-page.ts';

/*
 * What tells a product beside the calendar: the status page of Nextcloud and ownCloud, which alone tell their version there,
 * and the realm in which a server asks for a login. At most two small requests, both without the password. They are kept with
 * the server for `KEPT`, and count only as long as it answers OPTIONS as it did: who updates a server, or puts another in its
 * place, is asked anew. So is everybody before a plan that writes, once for a job: what is kept serves logins, lists and checks.
 */

/** How long an answer counts that is kept with the server, in milliseconds. */
const KEPT = 3 * 24 * 3_600_000;

/** Without when it was asked, and of which face. */
type Probed = Pick<ProbeAnswers, 'statusPage' | 'realm'>;

/** What one job has asked, however many calendars it opens: by place. */
type Held = Map<string, { readonly face: string; readonly probed: Promise<Probed | null> }>;

const heldByJob = new WeakMap<object, Held>();

const NOTHING: Probed = { statusPage: null, realm: null };

/**
 * Asks, or knows it already.
 *
 * @param path of a collection
 * @param options what it answered to OPTIONS
 * @param anew a person wants it looked at again
 */
export async function probe(
  http: Http,
  path: string,
  options: AnswerHeaders,
  { anew = false, signal }: { readonly anew?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Probed> {
  const wants = { page: hasStatusPage(path, davTokensOf(options)), realm: !namesItself(options) };
  if (!wants.page && !wants.realm) return NOTHING;
  const place = http.origin + statusPageAt(path).replace(/\/status\.php$/, '');
  const face = faceOf(options);
  const now = Date.now();
  const held = heldByJob.get(http.job) ?? (new Map() as Held);
  heldByJob.set(http.job, held);
  const before = held.get(place);
  if (!anew && before?.face === face) return (await before.probed) ?? NOTHING;
  const kept = anew ? null : (http.probes?.recall(place) ?? null);
  if (kept?.face === face && isFresh(kept, now)) return kept;
  const probed = ask(http, path, wants, signal);
  held.set(place, { face, probed });
  try {
    const found = await probed;
    // What could not be read is asked again.
    if (found === null) held.delete(place);
    else http.probes?.keep(place, { ...found, face, at: new Date(now).toISOString() });
    return found ?? NOTHING;
  } catch (error) {
    held.delete(place);
    throw error;
  }
}

function isFresh({ at }: ProbeAnswers, now: number): boolean {
  const age = now - Date.parse(at);
  return age >= 0 && age < KEPT;
}

/** What a server is by its cheap answers: another version, product or place behind a proxy has another one. */
function faceOf(options: AnswerHeaders): string {
  const allow = tokensIn(headerText(options, 'allow'), false);
  const server = NAMING_HEADERS.map((name) => headerText(options, name));
  return JSON.stringify([server, [...davTokensOf(options)].sort(), [...new Set(allow)].sort()]);
}

/** Web servers and frameworks, which say nothing of the calendar server behind them. */
const GENERIC =
  /^(?:apache|caddy|cloudflare|gunicorn|haproxy|lighttpd|litespeed|microsoft-iis|nginx|openresty|php|python|traefik|uvicorn|waitress|wsgiserver)\b/i;

/** A header of the product's own is there, or it needs none, since it announces the draft. */
function namesItself(options: AnswerHeaders): boolean {
  const server = headerText(options, 'server');
  const own = OWN_HEADERS.some((name) => headerText(options, name) !== '');
  return own || davTokensOf(options).has('scheduling-controls') || (server !== '' && !GENERIC.test(server));
}

/** Null where the page that must be there could not be read. */
async function ask(
  http: Http,
  path: string,
  wants: { readonly page: boolean; readonly realm: boolean },
  signal: AbortSignal | undefined,
): Promise<Probed | null> {
  const [statusPage, realm] = await Promise.all([
    wants.page ? askStatusPage(http, statusPageAt(path), signal) : null,
    wants.realm && !wants.page ? askRealm(http, path, signal) : null,
  ]);
  return wants.page && statusPage === null ? null : { statusPage, realm };
}

/** In which realm a login is asked for (RFC 9110 §11.5); null where none is, or nothing can be read. */
async function askRealm(http: Http, path: string, signal: AbortSignal | undefined): Promise<string | null> {
  const request = { method: 'OPTIONS', path, anonymous: true, followRedirects: false };
  try {
    const { status, headers } = await http.send(signal === undefined ? request : { ...request, signal });
    if (status !== 401) return null;
    const realms = parseChallenges(headers['www-authenticate']).map(({ parameters }) => parameters['realm'] ?? '');
    return realms.find((realm) => realm !== '')?.slice(0, 200) ?? null;
  } catch (error) {
    if (hasCode(error, ['STOPPED'])) throw error;
    return null;
  }
}
