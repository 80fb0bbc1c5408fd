import { gzipSync } from 'node:zlib';
import { CUT, TRUNCATE, wholeBody, type Answer } from '../http/answer.ts';
import type { Change } from './bends.ts';
import { findResponse, mapHrefs, putTogether, takeApart, type Multistatus } from './multistatus.ts';
import { changeResponse, cutShort } from './one-response.ts';
import { spell } from './spellings.ts';

/** What an answer is bent for: the path that was asked, and which object is meant where a bend is about one. */
interface BentRequest {
  readonly path: string;
  /** A regular expression over the decoded name; absent: the last one. */
  readonly object?: string | undefined;
}

/** Whether a change needs no answer to begin with, so that nothing is read. */
export function isInstead(change: Change): boolean {
  return change.kind === 'instead' || (change.kind === 'cut' && change.at === 'before');
}

/**
 * The answer as it is bent. One that the change does not fit, such as a refusal where a 207 is to be changed, stays as
 * it is.
 */
export function bend(answer: Answer, change: Change, request: BentRequest): Answer {
  switch (change.kind) {
    case 'instead': {
      const { status, headers = { 'Content-Type': 'text/plain; charset=utf-8' }, body } = change;
      return { status, headers, body: body ?? `${status} on purpose.\n` };
    }
    case 'cut':
      if (change.at === 'before') return CUT;
      return { ...answer, body: wholeBody(answer), headers: { ...answer.headers, [TRUNCATE]: '1' } };
    case 'headerless':
      return { ...answer, headers: without(answer.headers ?? {}, change.header) };
    case 'prefixed':
      return { ...answer, body: change.text + wholeBody(answer).toString() };
    case 'halved':
      return answer.status === 200 ? { ...answer, body: cutShort(wholeBody(answer).toString('utf8')) } : answer;
    case 'gzipped':
      return {
        ...answer,
        headers: { ...answer.headers, 'Content-Encoding': 'gzip' },
        body: gzipSync(wholeBody(answer)),
      };
    case 'hrefs':
    case 'response':
    case 'truncated':
    case 'emptied':
    case 'home':
      return answer.status === 207 ? bentList(answer, change, request) : answer;
  }
}

const HOME_HREFS = /(<C:calendar-home-set[^>]*>).*?(<\/C:calendar-home-set>)/s;

type ListChange = Extract<Change, { kind: 'hrefs' | 'response' | 'truncated' | 'emptied' | 'home' }>;

function bentList(answer: Answer, change: ListChange, request: BentRequest): Answer {
  const text = wholeBody(answer).toString('utf8');
  if (change.kind === 'hrefs') return { ...answer, body: mapHrefs(text, (href) => spell(href, change.spelling)) };
  if (change.kind === 'home') {
    const href = `<D:href>${change.href}</D:href>`;
    const body =
      change.alone === true
        ? text.replace(HOME_HREFS, `$1${href}$2`)
        : text.replace('</C:calendar-home-set>', `${href}</C:calendar-home-set>`);
    return { ...answer, body };
  }
  const list = takeApart(text);
  return list === null ? answer : { ...answer, body: putTogether(changed(list, change, request)) };
}

function changed(
  list: Multistatus,
  change: Extract<ListChange, { kind: 'response' | 'truncated' | 'emptied' }>,
  { path, object }: BentRequest,
): Multistatus {
  const at = findResponse(list, path, object);
  switch (change.kind) {
    case 'emptied':
      return { ...list, responses: change.keepsItself ? list.responses.slice(0, 1) : [] };
    case 'truncated': {
      const own = `<D:response><D:href>${path}</D:href><D:status>HTTP/1.1 ${change.status}</D:status></D:response>`;
      return { ...list, responses: [...list.responses.filter((_, index) => index !== at), own] };
    }
    case 'response':
      return {
        ...list,
        responses: list.responses.map((one, index) => (index === at ? changeResponse(one, change.change) : one)),
      };
  }
}

function without(headers: NonNullable<Answer['headers']>, name: string): NonNullable<Answer['headers']> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name.toLowerCase()));
}
