import { hasCode } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { uidsOf } from '../../icalendar/summary/uids.ts';
import { isBusy, unexpected } from '../answers/answers.ts';
import { isCutShort } from '../answers/cut-short.ts';
import { readMultistatus, type MultistatusAnswer } from '../answers/read-multistatus.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { XML_TYPE } from '../answers/propfind.ts';
import type { HrefPlaces } from '../href-places.ts';
import type { Http } from '../transport/http.ts';
import type { ListedUid, Unseen } from '../types.ts';
import { pathKey, type CollectionUrl } from '../url.ts';
import { CALDAV, type XmlElement } from '../answers/xml.ts';
import { recordOf, type ListRecord } from '../answers/list-record.ts';
import { account } from './list-objects.ts';

/** Octets of one answer: some hundred thousand events. What is longer is read in batches instead. */
const LONGEST = 64 * 1024 * 1024;

/** What a calendar-query says of one object: its UIDs, and the properties that were asked for besides. */
export interface QueriedUid extends ListedUid {
  readonly props: readonly XmlElement[];
}

export interface QueriedUids {
  readonly objects: readonly QueriedUid[];
  readonly unseen: readonly Unseen[];
}

interface UidRecord extends ListRecord {
  readonly uids: readonly string[];
  readonly props: readonly XmlElement[];
}

/**
 * One calendar-query (RFC 4791 §7.8) that asks for the ETag and, of each object, for its UID alone (§9.6). Servers that
 * give whole objects all the same are understood too.
 *
 * @param props more properties to ask for, with their namespaces declared
 * @returns null when the answer is of no use: not offered, too long, cut or garbled
 * @throws HushError when nobody may read here, or the server is too busy
 */
export async function queryUids(
  http: Http,
  collection: CollectionUrl,
  places: HrefPlaces,
  signal?: AbortSignal,
  props = '',
): Promise<QueriedUids | null> {
  try {
    const { answer, responses } = await report(http, collection, props, signal);
    if (responses === null) {
      if (isBusy(answer.status)) throw unexpected(answer, collection.url);
      return null;
    }
    const { objects, unseen, records } = await account(responses, places, collection.url);
    return { objects: objects.map((object, at) => withUids(object, records[at])), unseen };
  } catch (error) {
    if (hasCode(error, USELESS)) return null;
    throw error;
  }
}

const USELESS: readonly FailureCode[] = ['ANSWER_TOO_LARGE', 'SERVER_ANSWER_UNREADABLE', 'SERVER_LIST_TRUNCATED'];

function withUids({ href, etag }: ListedUid | Omit<ListedUid, 'uids'>, record: UidRecord | undefined): QueriedUid {
  return { href, etag, uids: record?.uids ?? [], props: record?.props ?? [] };
}

function report(
  http: Http,
  { path }: CollectionUrl,
  props: string,
  signal: AbortSignal | undefined,
): Promise<MultistatusAnswer<UidRecord>> {
  return readMultistatus(
    http,
    {
      method: 'REPORT',
      path,
      headers: { depth: '1', 'content-type': XML_TYPE },
      body: queryBody(props),
      maxBytes: LONGEST,
      mayGo: (to) => pathKey(to) === pathKey(path),
      ...(signal === undefined ? {} : { signal }),
    },
    (response) => toRecord(response, props !== ''),
    { strict: true, whole: props !== '' },
  );
}

/** The text of an object is read for its UIDs at once, and not kept; one that was cut may lack some, or half of one. */
function toRecord(response: DavResponse, withProps: boolean): UidRecord {
  const data = propOf(response, CALDAV, 'calendar-data')?.text ?? '';
  return {
    ...recordOf(response),
    uids: data === '' || isCutShort(data) ? [] : uidsOf(data),
    props: withProps ? response.props.filter(({ name }) => name !== 'calendar-data') : [],
  };
}

const UID_ALONE = ['VEVENT', 'VTODO', 'VJOURNAL']
  .map((name) => `<C:comp name="${name}"><C:prop name="UID"/></C:comp>`)
  .join('');

function queryBody(props: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>' +
    `${props}<C:calendar-data><C:comp name="VCALENDAR">${UID_ALONE}</C:comp></C:calendar-data></D:prop>` +
    '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>'
  );
}
