import { hasCode, HushError } from '../../../../shared/model/failure.ts';
import type { NewCalendar } from '../../../../shared/model/plan.ts';
import { bodyText, unexpected } from '../answers/answers.ts';
import { comparing, DESCRIBED, describing, named, type Described, type Kept } from './calendar-description.ts';
import { CALENDAR_PROPS, hrefIn, isWritableKind, wholeNumber, writable } from '../discovery/calendar-info.ts';
import { classifyWrite } from '../answers/classify.ts';
import { connectionFailure } from '../transport/failures.ts';
import { createHttp, type Http, type HttpAnswer } from '../transport/http.ts';
import { propOf } from '../answers/multistatus.ts';
import { readMultistatus } from '../answers/read-multistatus.ts';
import { propfind, propfindBody, XML_TYPE } from '../answers/propfind.ts';
import { readAddresses, readEvidence } from '../discovery/properties.ts';
import type { Connection, ServerEvidence, WriteResult } from '../types.ts';
import { collectionUrl, parentUrl, type CollectionUrl } from '../url.ts';
import { CALDAV, DAV, escapeXml } from '../answers/xml.ts';

/** Where a calendar could be made: the collection above it. */
export interface Home {
  readonly url: string;
  /** Null when the server does not say. */
  readonly writable: boolean | null;
  readonly ownerAddresses: readonly string[];
  readonly evidence: ServerEvidence;
  readonly quotaAvailable: number | null;
}

/** Makes one calendar collection, and says what stands at its address. */
export interface CalendarMaker {
  /** `nothing`: the address is free; `calendar`: there is one; `other`: something else is there. */
  look(): Promise<'nothing' | 'calendar' | 'other'>;
  /** The collection above. Throws HushError when there is none that a calendar can lie in. */
  home(): Promise<Home>;
  /** MKCALENDAR (RFC 4791 §5.3.1) with name and components; extended MKCOL (RFC 5689) where a server has only that. */
  make(calendar: NewCalendar, headers: Readonly<Record<string, string>>): Promise<WriteResult>;
  /**
   * PROPPATCH of everything else, read back. Says what the server did not take, and what it took and changed.
   *
   * @throws HushError when it cannot be read back
   */
  describe(calendar: NewCalendar, headers: Readonly<Record<string, string>>): Promise<Kept>;
  close(): Promise<void>;
}

/** Opens the address of a calendar that does not exist. Connects with the first request. */
export function openMaker(calendarUrl: string, connection: Connection): CalendarMaker {
  const collection = collectionUrl(calendarUrl);
  return new HttpMaker(createHttp(collection.origin, { ...connection, concurrency: 1 }), collection);
}

const MISSING = [404, 405, 409, 410];
/** The server does not know the method; another one may do. */
const NO_METHOD = [405, 501];

class HttpMaker implements CalendarMaker {
  readonly #http: Http;
  readonly #collection: CollectionUrl;

  constructor(http: Http, collection: CollectionUrl) {
    this.#http = http;
    this.#collection = collection;
  }

  async look(): Promise<'nothing' | 'calendar' | 'other'> {
    const { path, url } = this.#collection;
    const headers = { depth: '0', 'content-type': XML_TYPE };
    const request = { method: 'PROPFIND', path, headers, body: propfindBody(['D:resourcetype']) };
    const { answer, responses } = await readMultistatus(this.#http, request, (one) => one);
    if (MISSING.includes(answer.status)) return 'nothing';
    if (responses === null) throw unexpected(answer, url);
    const [response] = responses;
    if (response === undefined || (response.status !== null && MISSING.includes(response.status))) return 'nothing';
    return isWritableKind(response) ? 'calendar' : 'other';
  }

  async home(): Promise<Home> {
    const parent = parentUrl(this.#collection);
    if (parent === null) throw noHome(this.#collection.url);
    const props = [...CALENDAR_PROPS, 'D:current-user-principal'];
    const { answer, responses } = await propfind(this.#http, parent.path, '0', props).catch((error: unknown) => {
      if (isNothing(error)) throw noHome(this.#collection.url);
      throw error;
    });
    const [response] = responses;
    const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
    const collection = types.some((type) => type.name === 'collection' && type.namespace === DAV);
    const calendar = types.some((type) => type.name === 'calendar' && type.namespace === CALDAV);
    if (!collection || calendar) throw noHome(this.#collection.url);
    const owner = hrefIn(propOf(response, DAV, 'owner')) ?? hrefIn(propOf(response, DAV, 'current-user-principal'));
    return {
      url: parent.url,
      writable: writable(propOf(response, DAV, 'current-user-privilege-set')),
      ownerAddresses: owner === null ? [] : await readAddresses(this.#http, owner, parent.url),
      evidence: await readEvidence(this.#http, parent.path, { hints: [answer.headers], described: response }),
      quotaAvailable: wholeNumber(propOf(response, DAV, 'quota-available-bytes')),
    };
  }

  async make(calendar: NewCalendar, headers: Readonly<Record<string, string>>): Promise<WriteResult> {
    const first = await this.#write('MKCALENDAR', mkcalendarBody(calendar), headers);
    if (first.kind !== 'refused' || first.element !== null || !NO_METHOD.includes(first.status)) return first;
    return this.#write('MKCOL', mkcolBody(calendar), headers);
  }

  async describe(calendar: NewCalendar, headers: Readonly<Record<string, string>>): Promise<Kept> {
    const wanted = describing(calendar);
    const refused = await this.#set(wanted, headers);
    const { responses } = await propfind(this.#http, this.#collection.path, '0', DESCRIBED);
    const kept = comparing([named(calendar), ...wanted.filter(({ name }) => !refused.includes(name))], responses[0]);
    return { notSet: [...refused, ...kept.notSet], adjusted: kept.adjusted };
  }

  /** Gives the names of what was refused. */
  async #set(wanted: readonly Described[], headers: Readonly<Record<string, string>>): Promise<readonly string[]> {
    if (wanted.length === 0 || (await this.#patch(wanted, headers))) return [];
    // All or nothing is how a PROPPATCH works: one by one, what can be set is set.
    const refused: string[] = [];
    for (const one of wanted) if (!(await this.#patch([one], headers))) refused.push(one.name);
    return refused;
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #patch(wanted: readonly Described[], headers: Readonly<Record<string, string>>): Promise<boolean> {
    const result = await this.#write('PROPPATCH', proppatchBody(wanted), headers);
    return result.kind === 'done';
  }

  async #write(
    method: 'MKCALENDAR' | 'MKCOL' | 'PROPPATCH',
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<WriteResult> {
    const { path, origin } = this.#collection;
    const all = { ...headers, 'content-type': XML_TYPE };
    let answer: HttpAnswer;
    try {
      answer = await this.#http.send({ method, path, headers: all, body, followRedirects: false });
    } catch (error) {
      return { kind: 'lost', message: connectionFailure(error, origin).failure.message };
    }
    return classifyWrite(answer.status, answer.headers, bodyText(answer), { method: 'PROPPATCH', headers });
  }
}

const SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"';

function document(root: string, inner: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} ${SPACES}>${inner}</${root}>`;
}

const setting = (props: string): string => `<D:set><D:prop>${props}</D:prop></D:set>`;

function mkcalendarBody(calendar: NewCalendar): string {
  return document('C:mkcalendar', setting(naming(calendar)));
}

function mkcolBody(calendar: NewCalendar): string {
  const type = '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>';
  return document('D:mkcol', setting(type + naming(calendar)));
}

function proppatchBody(wanted: readonly Described[]): string {
  return document('D:propertyupdate', setting(wanted.map(({ xml }) => xml).join('')));
}

function naming({ name, components }: NewCalendar): string {
  const set = components.map((component) => `<C:comp name="${escapeXml(component)}"/>`).join('');
  return (
    `<D:displayname>${escapeXml(name)}</D:displayname>` +
    (set === '' ? '' : `<C:supported-calendar-component-set>${set}</C:supported-calendar-component-set>`)
  );
}

function isNothing(error: unknown): boolean {
  return hasCode(error, ['SERVER_NO_CALENDAR', 'SERVER_NO_DAV', 'SERVER_NOT_CALDAV']);
}

function noHome(url: string): HushError {
  return new HushError({
    code: 'SERVER_NO_CALENDAR',
    message: `There is nothing at ${url}, and no place above it where a calendar could be made. Check the address.`,
    reaction: 'fix-input',
  });
}
