import { atOnce, type Work } from '../../yielding.ts';
import { BOUNDS } from '../transport/bounds.ts';
import { SaxesParser, type SaxesAttributeNS } from 'saxes';

/** The namespaces that CalDAV answers are made of. */
export const DAV = 'DAV:';
export const CALDAV = 'urn:ietf:params:xml:ns:caldav';

/** One element with its namespace resolved and its text kept as it stands in the document. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Own character data and CDATA, references decoded once, nothing trimmed, line ends made LF (XML 1.0 §2.11). */
  readonly text: string;
}

/**
 * What a document may have and still be read: servers put stored control characters and stray ampersands into their
 * answers, which then stand in the text as they came. Everything else that is not well-formed is fatal.
 */
const TOLERATED = /disallowed character|entity|unbound namespace prefix/;

/**
 * Parses a document (XML 1.0 with namespaces). No entity of a DOCTYPE is ever expanded.
 *
 * @returns its root element, or null when it is not well-formed.
 */
export function parseXml(text: string): XmlElement | null {
  return atOnce(parsingXml(text));
}

/** Characters that are parsed at once. */
const PORTION = 64 * 1024;

/** The same portion by portion: a list of 100,000 objects is tens of megabytes. */
export function* parsingXml(text: string): Work<XmlElement | null> {
  const reader = new XmlReader();
  for (let at = 0; at < text.length; at += PORTION) {
    reader.write(text.slice(at, at + PORTION));
    yield;
  }
  return reader.end();
}

/** Elements inside each other: the deepest answer that a server was seen to give has fewer than twenty. */
const DEEPEST = 200;
/** Elements and attributes that are kept at the same time. */
const MOST_KEPT = 250_000;
/** Attributes of one element. */
const MOST_ATTRIBUTES = 1_000;
/** Characters of text that are kept at the same time, and of a mark that does not end. */
const LONGEST = BOUNDS.object;

/** Characters at which the parser puts a text together anew, each time for some hundred octets. */
const MOST_JOINTS = 500_000;

/** Ends the parsing where it is. */
class Beyond extends Error {}

/**
 * Reads a document as it comes, in parts that may end anywhere. What goes beyond the bounds is not well-formed for us: it
 * ends at once, before it costs time or memory.
 */
export class XmlReader {
  readonly #top: Open = { namespace: '', name: '', attributes: NONE, children: [], text: '' };
  readonly #open: Open[] = [this.#top];
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #take: (child: XmlElement, root: XmlElement) => boolean;
  #begun = false;
  #fatal = false;
  #kept = 0;
  #length = 0;
  /** What was kept before the child of the root that is read now. */
  #before = { kept: 0, length: 0 };
  /** Characters since the last mark that ended. */
  #pending = 0;
  #joints = 0;
  #attributes = 0;

  /**
   * @param take is given each child of the root when it has ended; true: it is not kept in the tree
   * @param whole what is taken is kept elsewhere as it is, and counts as kept
   */
  constructor(take: (child: XmlElement, root: XmlElement) => boolean = () => false, whole = false) {
    this.#take = take;
    const addText = (part: string): void => {
      const element = this.#open.at(-1);
      if (element === undefined) return;
      this.#markEnded();
      this.#length += part.length;
      if (this.#length > LONGEST) throw new Beyond();
      element.text += part;
    };
    this.#parser.on('attribute', () => {
      this.#attributes += 1;
      if (this.#attributes > MOST_ATTRIBUTES) throw new Beyond();
    });
    this.#parser.on('error', (error) => {
      if (!TOLERATED.test(error.message)) this.#fatal = true;
    });
    this.#parser.on('opentag', ({ uri, local, attributes }) => {
      if (this.#open.length === 2) this.#before = { kept: this.#kept, length: this.#length };
      this.#kept += 1 + this.#attributes;
      this.#attributes = 0;
      this.#markEnded();
      if (this.#open.length > DEEPEST || this.#kept > MOST_KEPT) throw new Beyond();
      const element: Open = { namespace: uri, name: local, attributes: valuesOf(attributes), children: [], text: '' };
      this.#open.at(-1)?.children.push(element);
      this.#open.push(element);
    });
    this.#parser.on('closetag', () => {
      const [ended, parent] = [this.#open.pop(), this.#open.at(-1)];
      if (ended === undefined || parent === undefined || this.#open.length !== 2) return;
      if (!this.#take(ended, parent)) return;
      parent.children.pop();
      if (whole) return;
      this.#kept = this.#before.kept;
      this.#length = this.#before.length;
    });
    this.#parser.on('text', addText);
    this.#parser.on('cdata', addText);
  }

  write(text: string): void {
    if (this.#fatal) return;
    // White space before the declaration, which a page of the server's own put out, says nothing.
    const part = this.#begun ? text : text.replace(/^[\ufeff\s]+/, '');
    if (part === '') return;
    this.#begun = true;
    this.#pending += part.length;
    this.#joints += jointsIn(part);
    this.#within(() => this.#parser.write(part));
    if (this.#pending > LONGEST || this.#joints > MOST_JOINTS) this.#fatal = true;
  }

  #markEnded(): void {
    this.#pending = 0;
    this.#joints = 0;
  }

  /** The root element; null when the document is not well-formed, or is none. */
  end(): XmlElement | null {
    if (!this.#begun || this.#fatal) return null;
    this.#within(() => this.#parser.close());
    return this.#root;
  }

  get #root(): XmlElement | null {
    return this.#fatal ? null : (this.#top.children[0] ?? null);
  }

  /** What goes beyond the bounds ends there. */
  #within(parse: () => void): void {
    try {
      parse();
    } catch (error) {
      if (!(error instanceof Beyond)) throw error;
      this.#fatal = true;
    }
  }
}

/** How many `&`, `-`, `?` and `]`: asked of every character of an answer, so without a list of them. */
function jointsIn(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x26 || code === 0x2d || code === 0x3f || code === 0x5d) found += 1;
  }
  return found;
}

/** An element whose end has not come yet. */
interface Open extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const NONE: Readonly<Record<string, string>> = {};

function valuesOf(attributes: Readonly<Record<string, SaxesAttributeNS>>): Readonly<Record<string, string>> {
  let values: Record<string, string> | null = null;
  for (const name in attributes) (values ??= {})[name] = attributes[name]?.value ?? '';
  return values ?? NONE;
}

/** Text for an element's content. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'));
}

/** First child of that name. */
export function childOf(element: XmlElement | null, namespace: string, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name && child.namespace === namespace) ?? null;
}

export function childrenOf(element: XmlElement | null, namespace: string, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name && child.namespace === namespace) ?? [];
}

/** Texts of the `DAV:href` children, trimmed, empty ones left out. */
export function hrefsOf(element: XmlElement | null): readonly string[] {
  return childrenOf(element, DAV, 'href')
    .map((child) => child.text.trim())
    .filter((href) => href !== '');
}
