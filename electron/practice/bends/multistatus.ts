import { escapeXml } from '../xml/names.ts';
import { nameIn } from './requests.ts';

/** The text of a 207, taken apart: what stands before, the responses, what stands after. */
export interface Multistatus {
  readonly before: string;
  readonly responses: readonly string[];
  readonly after: string;
}

const RESPONSE = /<D:response>[\s\S]*?<\/D:response>/g;
const HREF = /<D:href>([^<]*)<\/D:href>/;

/** Takes an answer of this server apart; null when it is no 207 of its own. */
export function takeApart(text: string): Multistatus | null {
  const open = /<D:multistatus[^>]*>/.exec(text);
  if (open === null) return null;
  const start = open.index + open[0].length;
  const responses = text.match(RESPONSE) ?? [];
  const last = text.lastIndexOf('</D:response>');
  return {
    before: text.slice(0, start),
    responses,
    after: last < 0 ? text.slice(start) : text.slice(last + '</D:response>'.length),
  };
}

export function putTogether({ before, responses, after }: Multistatus): string {
  return before + responses.join('') + after;
}

/** The href of a response as it stands there, its XML undone. */
export function hrefOf(response: string): string {
  return unescapeXml(HREF.exec(response)?.[1] ?? '');
}

/** The response with another href. */
export function withHref(response: string, href: string): string {
  return response.replace(HREF, () => `<D:href>${escapeXml(href)}</D:href>`);
}

/** Every href in a text rewritten, those in properties too; calendar data holds none, since it is escaped. */
export function mapHrefs(text: string, change: (href: string) => string): string {
  return text.replace(/<D:href>([^<]*)<\/D:href>/g, (_, href: string) => {
    return `<D:href>${escapeXml(change(unescapeXml(href)))}</D:href>`;
  });
}

/**
 * Which response a bend of one response is about: the last that is not what was asked and whose name fits.
 *
 * @param path of the request
 * @param object a regular expression over the decoded name
 * @returns its index; -1 when there is none
 */
export function findResponse({ responses }: Multistatus, path: string, object: string | undefined): number {
  const fits = new RegExp(object ?? '');
  const own = asFolder(path);
  return responses.findLastIndex((response) => {
    const href = hrefOf(response);
    return asFolder(href) !== own && fits.test(nameIn(href));
  });
}

const asFolder = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

function unescapeXml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
