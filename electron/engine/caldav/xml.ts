import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

/** The namespaces that CalDAV answers are made of. */
export const DAV = 'DAV:';
export const CALDAV = 'urn:ietf:params:xml:ns:caldav';

/** One element with its namespace resolved and its text kept exactly as it stands in the document. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Own character data and CDATA, references decoded once, nothing trimmed, nothing taken for a number. */
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // References are decoded below in one pass: no DOCTYPE entity is ever expanded, and `&amp;#13;` stays `&#13;`.
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

const parsed = z.array(z.record(z.string(), z.unknown()));

/**
 * Parses a document.
 *
 * @returns its root element, or null when it is not well-formed.
 */
export function parseXml(text: string): XmlElement | null {
  const document = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (!document.includes('<') || XMLValidator.validate(document) !== true) return null;
  try {
    const roots = parsed.parse(parser.parse(document)).filter((node) => nameOf(node) !== null);
    const root = roots[0];
    return root === undefined || roots.length > 1 ? null : toElement(root, {});
  } catch {
    return null;
  }
}

type Node = Record<string, unknown>;

function nameOf(node: Node): string | null {
  for (const key in node) if (key !== ':@' && key !== '#text' && key !== '#cdata' && key !== '#comment') return key;
  return null;
}

function toElement(node: Node, scope: Readonly<Record<string, string>>): XmlElement {
  const qualified = nameOf(node) ?? '';
  const attributes = attributesOf(node);
  const inner = scopeOf(attributes, scope);
  const colon = qualified.indexOf(':');
  const prefix = colon < 0 ? '' : qualified.slice(0, colon);
  const children: XmlElement[] = [];
  let text = '';
  for (const child of asNodes(node[qualified])) {
    const own = child['#text'];
    if (typeof own === 'string') text += decodeReferences(own);
    else if ('#cdata' in child) text += cdataText(child['#cdata']);
    else if (nameOf(child) !== null) children.push(toElement(child, inner));
  }
  return { namespace: inner[prefix] ?? '', name: qualified.slice(colon + 1), attributes, children, text };
}

/** fast-xml-parser gives lists of nodes for children; the shape was checked at the root only, for speed. */
function asNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter((item): item is Node => typeof item === 'object' && item !== null) : [];
}

function cdataText(value: unknown): string {
  return asNodes(value)
    .map((part) => (typeof part['#text'] === 'string' ? part['#text'] : ''))
    .join('');
}

const NONE: Readonly<Record<string, string>> = {};

function attributesOf(node: Node): Readonly<Record<string, string>> {
  const raw = node[':@'];
  if (typeof raw !== 'object' || raw === null) return NONE;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) attributes[name] = decodeReferences(String(value));
  return attributes;
}

function scopeOf(
  attributes: Readonly<Record<string, string>>,
  outer: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (attributes === NONE) return outer;
  let inner: Record<string, string> | null = null;
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    inner ??= { ...outer };
    inner[name === 'xmlns' ? '' : name.slice(6)] = value;
  }
  return inner ?? outer;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Decodes character references and the five named entities, each once; anything else stays as it is. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED[name] ?? whole;
    const code = typeof hex === 'string' ? parseInt(hex, 16) : parseInt(String(decimal), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
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
