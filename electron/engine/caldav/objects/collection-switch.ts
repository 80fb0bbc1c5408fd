import { HushError } from '../../../../shared/model/failure.ts';
import { bodyText } from '../answers/answers.ts';
import { classifyWrite } from '../answers/classify.ts';
import { connectionFailure } from '../transport/failures.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { propOf } from '../answers/multistatus.ts';
import { propfind, XML_TYPE } from '../answers/propfind.ts';
import type { Connection } from '../types.ts';
import { collectionUrl, type CollectionUrl } from '../url.ts';

/** Cyrus's own namespace and the property by which one calendar's scheduling is switched off. */
const CYRUS = 'http://cyrusimap.org/ns/';
const NAME = 'scheduling-enabled';
/** What switches it off. Cyrus takes `no` as well. */
export const OFF = 'F';

/** The switch of one calendar, on the server (Cyrus 3.0 and later). Every method throws HushError. */
export interface CollectionSwitch {
  /** The value as the server keeps it; null where none is set, which is "on". */
  read(): Promise<string | null>;
  /** Sets the value, or takes the property away, and reads it back. */
  set(value: string | null): Promise<void>;
  close(): Promise<void>;
}

/** Opens the switch of a calendar. Connects with the first request. */
export function openSwitch(calendarUrl: string, connection: Connection): CollectionSwitch {
  const collection = collectionUrl(calendarUrl);
  return new PropertySwitch(createHttp(collection.origin, { ...connection, concurrency: 1 }), collection);
}

class PropertySwitch implements CollectionSwitch {
  readonly #http: Http;
  readonly #collection: CollectionUrl;

  constructor(http: Http, collection: CollectionUrl) {
    this.#http = http;
    this.#collection = collection;
  }

  async read(): Promise<string | null> {
    // A property of no prefix of ours: named with its own.
    const { responses } = await propfind(this.#http, this.#collection.path, '0', [`${NAME} xmlns="${CYRUS}"`]);
    return propOf(responses[0], CYRUS, NAME)?.text.trim() ?? null;
  }

  async set(value: string | null): Promise<void> {
    if ((await this.read()) === value) return;
    let problem = await this.#patch(value);
    try {
      // What the server keeps is what counts, whatever it answered.
      if ((await this.read()) === value) return;
    } catch (error) {
      problem ??= error instanceof HushError ? error.failure.message : '';
    }
    throw new HushError({
      code: 'SWITCH_NOT_SET',
      message: `The server did not ${value === OFF ? 'switch the scheduling of this calendar off' : 'undo the switch of this calendar'}. ${problem ?? 'It keeps another value.'}`,
      reaction: 'stop-job',
    });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** Why it was refused; null when it was not. */
  async #patch(value: string | null): Promise<string | null> {
    const property =
      value === null ? `<Y:${NAME}/>` : `<Y:${NAME}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</Y:${NAME}>`;
    const change = value === null ? 'remove' : 'set';
    const body =
      '<?xml version="1.0" encoding="utf-8"?>\n' +
      `<D:propertyupdate xmlns:D="DAV:" xmlns:Y="${CYRUS}"><D:${change}><D:prop>${property}</D:prop></D:${change}></D:propertyupdate>`;
    const headers = { 'content-type': XML_TYPE };
    try {
      const answer = await this.#http.send({ method: 'PROPPATCH', path: this.#collection.path, headers, body });
      const { denied } = answer;
      const sent = { method: 'PROPPATCH', headers, denied } as const;
      const result = classifyWrite(answer.status, answer.headers, bodyText(answer), sent);
      return result.kind === 'done' ? null : result.message;
    } catch (error) {
      return connectionFailure(error, this.#http.origin).failure.message;
    }
  }
}
