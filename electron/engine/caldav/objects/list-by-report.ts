import { readMultistatus } from '../answers/read-multistatus.ts';
import { isBusy, unexpected } from '../answers/answers.ts';
import { recordOf } from '../answers/list-record.ts';
import { XML_TYPE } from '../answers/propfind.ts';
import type { CollectionList } from '../types.ts';
import { pathKey } from '../url.ts';
import { account, type ListRequest } from './list-objects.ts';

const NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"';
const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

const QUERY =
  `${XML}<C:calendar-query ${NAMESPACES}><D:prop><D:getetag/></D:prop>` +
  '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>';

const SYNC =
  `${XML}<D:sync-collection xmlns:D="DAV:"><D:sync-token/><D:sync-level>1</D:sync-level>` +
  '<D:prop><D:getetag/></D:prop></D:sync-collection>';

const REPORTS = {
  'calendar-query': { body: QUERY, depth: '1' },
  'sync-collection': { body: SYNC, depth: '0' },
} as const;
export type ReportName = keyof typeof REPORTS;

/**
 * The objects of a collection as a report names them: calendar-query (RFC 4791 §7.8) or a first sync-collection (RFC 6578
 * §3.3). Null where the server has no such report.
 *
 * @throws HushError when it is cut short or cannot be read
 */
export function listByReport(request: ListRequest, report: ReportName): Promise<CollectionList | null> {
  const { body, depth } = REPORTS[report];
  return ask(request, body, depth);
}

async function ask(
  { http, collection, places, signal }: ListRequest,
  body: string,
  depth: '0' | '1',
): Promise<CollectionList | null> {
  const { answer, responses } = await readMultistatus(
    http,
    {
      method: 'REPORT',
      path: collection.path,
      headers: { depth, 'content-type': XML_TYPE },
      body,
      mayGo: (path) => pathKey(path) === pathKey(collection.path),
      ...(signal === undefined ? {} : { signal }),
    },
    recordOf,
  );
  if (responses !== null) {
    const { objects, unseen } = await account(responses, places, collection.url);
    return { objects, unseen };
  }
  if (isBusy(answer.status)) throw unexpected(answer, collection.url);
  return null;
}
