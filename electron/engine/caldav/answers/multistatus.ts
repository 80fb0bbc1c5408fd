import { childOf, childrenOf, DAV, XmlReader, type XmlElement } from './xml.ts';

/** One `DAV:response` of a multistatus (RFC 4918 §14.24). */
export interface DavResponse {
  /** As the server wrote it, trimmed. */
  readonly href: string;
  /** Status of the response itself; null when it is told by property. */
  readonly status: number | null;
  /** The properties that were found (status 2xx). */
  readonly props: readonly XmlElement[];
  /** Property groups with another status: the status and the names in them. */
  readonly missing: readonly { readonly status: number; readonly names: readonly string[] }[];
  /** The `DAV:error` element, where there is one. */
  readonly error: XmlElement | null;
  readonly description: string;
}

/** Parses a 207 answer; null when it is not a well-formed multistatus. */
export function parseMultistatus(text: string): readonly DavResponse[] | null {
  const responses: DavResponse[] = [];
  const reader = new MultistatusReader((response) => responses.push(response));
  reader.write(Buffer.from(text, 'utf8'));
  reader.end();
  return reader.root === null ? null : responses;
}

/** Octets of an answer that are kept to say what came. */
const HEAD = 2000;

/** What a strict reader takes no text for: control characters (XML 1.0 has none), and octets that are no UTF-8. */
const NOT_STRICT = /[^\P{Cc}\t\r\n\u0080-\u009f\u007f]|\ufffd/u;

/**
 * Reads a multistatus as it comes: each response is handed on when it has ended, so that a list is never held as text.
 */
export class MultistatusReader {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: false });
  readonly #xml: XmlReader;
  readonly #strict: boolean;
  #head = '';
  #refused = false;
  #root: XmlElement | null = null;
  #ended = false;

  /**
   * @param strict refuses an answer in which a text is not what the server keeps: see `NOT_STRICT`
   * @param whole the responses are kept as they are
   */
  constructor(each: (response: DavResponse) => void, { strict = false, whole = false } = {}) {
    this.#strict = strict;
    this.#xml = new XmlReader((child, root) => {
      if (!isMultistatus(root) || child.namespace !== DAV || child.name !== 'response') return false;
      each(toResponse(child));
      return true;
    }, whole);
  }

  write(octets: Buffer): void {
    this.#add(this.#decoder.decode(octets, { stream: true }));
  }

  end(): void {
    this.#add(this.#decoder.decode());
    const root = this.#xml.end();
    this.#root = !this.#refused && root !== null && isMultistatus(root) ? root : null;
    this.#ended = true;
  }

  /** The multistatus without its responses; null while it has not ended, or when it is none. */
  get root(): XmlElement | null {
    return this.#ended ? this.#root : null;
  }

  /** How the answer begins. */
  get head(): string {
    return this.#head;
  }

  #add(text: string): void {
    if (this.#head.length < HEAD) this.#head += text.slice(0, HEAD - this.#head.length);
    if (this.#strict && NOT_STRICT.test(text)) this.#refused = true;
    if (!this.#refused) this.#xml.write(text);
  }
}

function isMultistatus({ namespace, name }: XmlElement): boolean {
  return namespace === DAV && name === 'multistatus';
}

function toResponse(element: XmlElement): DavResponse {
  const props: XmlElement[] = [];
  const missing: { status: number; names: readonly string[] }[] = [];
  let error = childOf(element, DAV, 'error');
  for (const propstat of childrenOf(element, DAV, 'propstat')) {
    const status = statusOf(propstat) ?? 200;
    const found = childOf(propstat, DAV, 'prop')?.children ?? [];
    if (status >= 200 && status < 300) props.push(...found);
    else missing.push({ status, names: found.map((prop) => prop.name) });
    error ??= childOf(propstat, DAV, 'error');
  }
  return {
    href: childOf(element, DAV, 'href')?.text.trim() ?? '',
    status: statusOf(element),
    props,
    missing,
    error,
    description: childOf(element, DAV, 'responsedescription')?.text.trim() ?? '',
  };
}

function statusOf(element: XmlElement): number | null {
  const line = childOf(element, DAV, 'status')?.text;
  const code = line === undefined ? undefined : /HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(line)?.[1];
  return code === undefined ? null : Number(code);
}

/** The found property of that name. */
export function propOf(response: DavResponse | undefined, namespace: string, name: string): XmlElement | null {
  return response?.props.find((prop) => prop.name === name && prop.namespace === namespace) ?? null;
}
