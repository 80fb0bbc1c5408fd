import { HushError } from '../../../../shared/model/failure.ts';
import { Backoff, rest } from '../transport/backoff.ts';
import { MOST_RESPONSES } from '../transport/bounds.ts';
import type { Http, HttpAnswer, HttpRequest } from '../transport/http.ts';
import { MultistatusReader, type DavResponse } from './multistatus.ts';
import { ownWords } from './words.ts';
import type { XmlElement } from './xml.ts';

/** What a request for a multistatus was answered. */
export interface MultistatusAnswer<T> {
  readonly answer: HttpAnswer;
  /** What was made of the responses; null where the answer is no 207. */
  readonly responses: readonly T[] | null;
  /** The multistatus without its responses: a sync token stands there. */
  readonly root: XmlElement | null;
}

export interface MultistatusOptions {
  /** Refuses an answer in which a text is not what the server keeps (see MultistatusReader). */
  readonly strict?: boolean;
  /** What is kept of a response is the response: then all of them together have room for no more than one has else. */
  readonly whole?: boolean;
}

/**
 * A request that is answered by a multistatus (RFC 4918 §13), read as it comes: of each response only what `keep` makes of
 * it stays.
 *
 * @throws HushError `SERVER_ANSWER_UNREADABLE` for a 207 that is no well-formed multistatus, which says what came
 */
export async function readMultistatus<T>(
  http: Http,
  request: HttpRequest,
  keep: (response: DavResponse) => T,
  { strict = false, whole = false }: MultistatusOptions = {},
): Promise<MultistatusAnswer<T>> {
  const backoff = new Backoff('read');
  for (;;) {
    let responses: T[] = [];
    let reader: MultistatusReader | null = null;
    const answer = await http.read({
      ...request,
      sink: () => {
        const kept: T[] = [];
        responses = kept;
        const each = (response: DavResponse): void => {
          if (kept.length >= MOST_RESPONSES) throw tooMany(http.origin + request.path);
          kept.push(keep(response));
        };
        reader = new MultistatusReader(each, { strict, whole });
        return reader;
      },
    });
    // Assigned in the sink, which the compiler does not follow.
    const read = reader as MultistatusReader | null;
    if (answer.status !== 207 || read === null) return { answer, responses: null, root: null };
    if (read.root !== null) return { answer, responses, root: read.root };
    const next = backoff.after({ kind: 'failed' });
    if (strict || next.kind === 'give-up') throw unreadableAnswer(http.origin + request.path, read.head);
    await rest(next.seconds, request.signal);
  }
}

function tooMany(url: string): HushError {
  return new HushError({
    code: 'ANSWER_TOO_LARGE',
    message: `The server lists more than ${MOST_RESPONSES.toLocaleString('en')} things for ${url}, which was not read to its end.`,
    reaction: 'skip-item',
  });
}

function unreadableAnswer(url: string, head: string): HushError {
  const words = ownWords(head);
  const what = words === '' ? 'It is empty.' : `It begins: "${words.slice(0, 120)}"`;
  return new HushError({
    code: 'SERVER_ANSWER_UNREADABLE',
    message: `What the server answers for ${url} cannot be read: it is no complete list in XML. ${what}`,
    reaction: 'retry-after',
  });
}
