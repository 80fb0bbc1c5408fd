import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import { markedEncoding } from './encoding.ts';

/** One response of a saved answer: an object, and its iCalendar text; null where the response has none. */
interface AnsweredObject {
  readonly name: string;
  readonly text: string | null;
}

const DAV = 'DAV:';
const CALDAV = 'urn:ietf:params:xml:ns:caldav';
/** Elements inside each other that are followed; a multistatus has six. */
const DEEPEST = 64;
/** What servers put into their answers although XML forbids it; it stands in the text as it came. */
const TOLERATED = /disallowed character|entity|unbound namespace prefix/;

/**
 * The objects of an answer of a CalDAV server that was saved as XML: a multistatus (RFC 4791 §7.8, §7.9) with calendar-data
 * in its responses, in order. What stands before the first `<` (the headers of HTTP) is passed over. Responses of
 * collections are none. Null when it is not well-formed, so that a cut-off answer is never taken for a whole one.
 */
export function answeredObjects(file: Buffer): readonly AnsweredObject[] | null {
  const text = decoded(file);
  const start = text.indexOf('<');
  if (start < 0) return null;
  const reader = new AnswerReader();
  return reader.read(text.slice(start).trimEnd()) ? reader.objects : null;
}

class AnswerReader {
  readonly objects: AnsweredObject[] = [];
  readonly #open: string[] = [];
  #text = '';
  #href = '';
  #data: string[] = [];
  #inResponse = false;

  /** Whether the whole of it is well-formed. */
  read(text: string): boolean {
    const parser = new SaxesParser({ xmlns: true, position: false });
    let sound = true;
    const add = (part: string): void => {
      this.#text += part;
    };
    parser.on('error', ({ message }) => {
      if (!TOLERATED.test(message)) sound = false;
    });
    parser.on('opentag', ({ uri, local }) => {
      this.#begin(`${uri} ${local}`);
      sound &&= this.#open.length <= DEEPEST;
    });
    parser.on('closetag', () => {
      this.#end();
    });
    parser.on('text', add);
    parser.on('cdata', add);
    parser.write(text).close();
    return sound;
  }

  #begin(name: string): void {
    this.#open.push(name);
    this.#text = '';
    if (name !== `${DAV} response`) return;
    this.#inResponse = true;
    this.#href = '';
    this.#data = [];
  }

  #end(): void {
    const name = this.#open.pop();
    if (name === `${DAV} href` && this.#open.at(-1) === `${DAV} response`) this.#href ||= this.#text.trim();
    if (name === `${CALDAV} calendar-data`) this.#take(this.#text);
    if (name === `${DAV} response`) this.#leave();
    this.#text = '';
  }

  #take(text: string): void {
    if (text.trim() === '') return;
    if (this.#inResponse) this.#data.push(text);
    else this.objects.push({ name: '', text });
  }

  #leave(): void {
    const name = this.#href;
    this.#inResponse = false;
    if (this.#data.length === 0 && !name.endsWith('/')) this.objects.push({ name, text: null });
    for (const text of this.#data) this.objects.push({ name, text });
  }
}

/** By its mark, else by its declaration (XML 1.0 §4.3.3), else UTF-8. */
function decoded(file: Buffer): string {
  const head = file.subarray(0, 1024);
  const marked = markedEncoding(head);
  if (marked === 'utf-16le' || marked === 'utf-16be') return iconv.decode(file, marked);
  const declared = /<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/i.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  return iconv.decode(file, iconv.encodingExists(declared) && !/^utf-?16/i.test(declared) ? declared : 'utf-8');
}
