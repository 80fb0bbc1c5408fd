import { hrefOf, withHref } from './multistatus.ts';

const status = (href: string, line: string): string =>
  `<D:response>${href === '' ? '' : `<D:href>${href}</D:href>`}<D:status>HTTP/1.1 ${line}</D:status></D:response>`;

const rawHref = (response: string): string => /<D:href>([^<]*)<\/D:href>/.exec(response)?.[1] ?? '';

const ETAG = /<D:getetag>[^<]*<\/D:getetag>/;
const DATA = /<C:calendar-data[^>]*>[^<]*<\/C:calendar-data>/;

/** What stands before the end of the first component: the end of a line, so that no escape is cut. */
export function cutShort(text: string): string {
  return text.slice(0, /END:V(?!CALENDAR)/.exec(text)?.index ?? 0);
}

/** What may be wrong with one response of a 207: each takes the response and gives what stands in its place. */
const CHANGES = {
  missing: () => '',
  twice: (response: string) => response + response,
  'twice-other-etag': (response: string) =>
    response + response.replace(ETAG, '<D:getetag>&quot;another&quot;</D:getetag>'),
  'status-403': (response: string) => status(rawHref(response), '403 Forbidden'),
  'status-404': (response: string) => status(rawHref(response), '404 Not Found'),
  'status-500': (response: string) => status(rawHref(response), '500 Internal Server Error'),
  /** The response has no status of its own: each of its properties failed. */
  'properties-500': (response: string) =>
    response.replace(
      /<D:status>HTTP\/1.1 200 OK<\/D:status>/g,
      '<D:status>HTTP/1.1 500 Internal Server Error</D:status>',
    ),
  'no-href': (response: string) => response.replace(/<D:href>[^<]*<\/D:href>/, ''),
  'empty-href': (response: string) => withHref(response, ''),
  'unplaceable-href': (response: string) => withHref(response, '/elsewhere/entirely/object.ics'),
  'other-origin': (response: string) => withHref(response, `https://elsewhere.example${hrefOf(response)}`),
  'no-etag': (response: string) =>
    response
      .replace(ETAG, '')
      .replace(
        '</D:response>',
        '<D:propstat><D:prop><D:getetag/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>',
      ),
  'half-data': (response: string) => response.replace(DATA, (data) => cutShort(data) + '</C:calendar-data>'),
  'no-data': (response: string) => response.replace(DATA, '<C:calendar-data/>'),
} as const;

export type ResponseChange = keyof typeof CHANGES;

/** One response as it is bent. */
export function changeResponse(response: string, change: ResponseChange): string {
  return CHANGES[change](response);
}
