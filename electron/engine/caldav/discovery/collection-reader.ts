import type { CalendarProperties } from '../../../../shared/model/kept/backup.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { isBusy, unexpected } from '../answers/answers.ts';
import { componentsOf } from './calendar-info.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { readMultistatus } from '../answers/read-multistatus.ts';
import { HrefPlaces } from '../href-places.ts';
import { recordOf, type ListRecord } from '../answers/list-record.ts';
import { propfind, XML_TYPE } from '../answers/propfind.ts';
import { sharesOf, SHARE_PROPS, type Share } from './shares.ts';
import type { Connection } from '../types.ts';
import { collectionUrl, type CollectionUrl } from '../url.ts';
import { CALDAV, childOf, DAV, escapeXml } from '../answers/xml.ts';

const APPLE = 'http://apple.com/ns/ical/';

/** What a calendar says about itself beyond what a restore needs. */
interface CollectionDescription {
  readonly properties: CalendarProperties;
  /** RFC 6578 §4; null where the server has none. */
  readonly syncToken: string | null;
  /** With whom it is shared, as far as its owner can see. */
  readonly shares: readonly Share[];
}

/** What happened in a calendar since a token. Paths as the server writes them. */
interface Changes {
  /** Made or changed. */
  readonly changed: readonly string[];
  readonly gone: readonly string[];
}

/** Reads what surrounds the objects of one calendar. */
export interface CollectionReader {
  describe(signal?: AbortSignal): Promise<CollectionDescription>;
  /** sync-collection (RFC 6578 §3.2); null when the server knows the token no more, or does no such report. */
  changesSince(token: string, signal?: AbortSignal): Promise<Changes | null>;
  close(): Promise<void>;
}

const PROPS = [
  'D:displayname',
  'A:calendar-color',
  'C:calendar-description',
  'A:calendar-order',
  'C:calendar-timezone',
  'C:schedule-calendar-transp',
  'C:supported-calendar-component-set',
  'D:sync-token',
  ...SHARE_PROPS,
] as const;

/** Answers of a report that is cut by a limit at most (RFC 6578 §3.6); more is a server that does not come to an end. */
const MOST_PARTS = 10_000;

/** Opens a calendar for describing it. Throws HushError for an address that is none; connects with the first request. */
export function openReader(calendarUrl: string, connection: Connection): CollectionReader {
  const collection = collectionUrl(calendarUrl);
  return new HttpReader(createHttp(collection.origin, connection), collection);
}

class HttpReader implements CollectionReader {
  readonly #http: Http;
  readonly #collection: CollectionUrl;
  readonly #places: HrefPlaces;

  constructor(http: Http, collection: CollectionUrl) {
    this.#http = http;
    this.#collection = collection;
    this.#places = new HrefPlaces(collection);
  }

  async describe(signal?: AbortSignal): Promise<CollectionDescription> {
    const { responses } = await propfind(this.#http, this.#collection.path, '0', PROPS, signal ? { signal } : {});
    const [response] = responses;
    if (response !== undefined && this.#places.place(response.href) === null) this.#places.learn(response.href);
    return {
      properties: propertiesOf(response),
      syncToken: textOf(response, DAV, 'sync-token'),
      shares: response === undefined ? [] : sharesOf(response),
    };
  }

  async changesSince(token: string, signal?: AbortSignal): Promise<Changes | null> {
    const changed = new Set<string>();
    const gone = new Set<string>();
    for (let part = 0, at = token; part < MOST_PARTS; part += 1) {
      const answer = await this.#sync(at, signal);
      if (answer === null) return null;
      for (const { href, status } of answer.responses) {
        const placed = this.#places.place(href);
        if (placed === 'self') continue;
        // Something changed, and it cannot be said what.
        if (placed === null) return null;
        const left = status === 404 || status === 410;
        (left ? gone : changed).add(placed.path);
        (left ? changed : gone).delete(placed.path);
      }
      if (!answer.cut) return { changed: [...changed], gone: [...gone] };
      if (answer.token === null || answer.token === at) return null;
      at = answer.token;
    }
    return null;
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #sync(token: string, signal: AbortSignal | undefined): Promise<SyncAnswer | null> {
    const { path, url } = this.#collection;
    const request = {
      method: 'REPORT',
      path,
      headers: { depth: '0', 'content-type': XML_TYPE },
      body:
        '<?xml version="1.0" encoding="utf-8"?>\n<D:sync-collection xmlns:D="DAV:">' +
        `<D:sync-token>${escapeXml(token)}</D:sync-token><D:sync-level>1</D:sync-level>` +
        '<D:prop><D:getetag/></D:prop></D:sync-collection>',
      ...(signal === undefined ? {} : { signal }),
    };
    const read = await readMultistatus(this.#http, request, recordOf).catch((error: unknown) => {
      if (error instanceof HushError && error.failure.code === 'SERVER_ANSWER_UNREADABLE') return null;
      throw error;
    });
    if (read === null) return null;
    const { answer, responses, root } = read;
    if (responses === null) {
      // The token is not (or no longer) known, or there is no such report: everything is read instead.
      if (isBusy(answer.status)) throw unexpected(answer, url);
      return null;
    }
    const next = childOf(root, DAV, 'sync-token')?.text.trim() ?? '';
    // RFC 6578 §3.6: the collection itself answers 507 when there is more.
    return { responses, token: next === '' ? null : next, cut: responses.some(({ status }) => status === 507) };
  }
}

interface SyncAnswer {
  readonly responses: readonly ListRecord[];
  readonly token: string | null;
  readonly cut: boolean;
}

function propertiesOf(response: DavResponse | undefined): CalendarProperties {
  const order = textOf(response, APPLE, 'calendar-order');
  const transparency = propOf(response, CALDAV, 'schedule-calendar-transp')?.children[0]?.name ?? null;
  return {
    name: textOf(response, DAV, 'displayname'),
    color: textOf(response, APPLE, 'calendar-color'),
    description: textOf(response, CALDAV, 'calendar-description'),
    order: order !== null && /^\d{1,9}$/.test(order) ? Number(order) : null,
    timezone: textOf(response, CALDAV, 'calendar-timezone'),
    transparency,
    components: componentsOf(propOf(response, CALDAV, 'supported-calendar-component-set')),
  };
}

function textOf(response: DavResponse | undefined, namespace: string, name: string): string | null {
  const text = propOf(response, namespace, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}
