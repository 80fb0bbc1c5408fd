import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { escapeXml } from './names.ts';

/** An element of a request body with its namespace resolved. `text` is the text of this element alone. */
export interface XmlElement {
  readonly ns: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The body is not XML that this server reads. */
export class XmlError extends Error {}

const ATTRIBUTES = ':@';
const CDATA = '#cdata';
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded below: the parser knows no numeric references, and CDATA must stay as it is.
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type Scope = Readonly<Record<string, string>>;
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

function stringEntries(value: unknown): [string, string][] {
  return isNode(value) ? Object.entries(value).map(([name, text]) => [name, decode(String(text))]) : [];
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(code: number): string {
  if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
    throw new XmlError('a character reference names no character');
  }
  return String.fromCodePoint(code);
}

/** Character references and the five entities of XML. */
const decode = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? all;
    return character(hex === undefined ? Number(decimal) : parseInt(hex, 16));
  });

/** The text of the parser's node for a CDATA section. */
const textOf = (nodes: unknown): string =>
  (Array.isArray(nodes) ? nodes : [])
    .map((node) => (isNode(node) && typeof node['#text'] === 'string' ? node['#text'] : ''))
    .join('');

function scopeOf(scope: Scope, attributes: readonly [string, string][]): Scope {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return scope;
  const inner: Record<string, string> = { ...scope };
  for (const [name, uri] of declared) {
    // Only the default namespace can be undeclared (Namespaces in XML 1.0 §5).
    if (uri === '' && name !== 'xmlns') throw new XmlError(`the prefix "${name.slice(6)}" is declared empty`);
    inner[name === 'xmlns' ? '' : name.slice(6)] = uri;
  }
  return inner;
}

function resolve(tag: string, scope: Scope): { ns: string; name: string } {
  const colon = tag.indexOf(':');
  const prefix = colon < 0 ? '' : tag.slice(0, colon);
  const ns = scope[prefix];
  if (ns === undefined && prefix !== '') throw new XmlError(`the prefix "${prefix}" is not declared`);
  return { ns: ns ?? '', name: colon < 0 ? tag : tag.slice(colon + 1) };
}

function build(tag: string, node: Node, outer: Scope): XmlElement {
  const attributes = stringEntries(node[ATTRIBUTES]);
  const scope = scopeOf(outer, attributes);
  const content: readonly unknown[] = Array.isArray(node[tag]) ? node[tag] : [];
  const children: XmlElement[] = [];
  let text = '';
  for (const child of content) {
    if (!isNode(child)) continue;
    const name = Object.keys(child).find((k) => k !== ATTRIBUTES);
    if (name === undefined) continue;
    if (name === '#text') text += decode(String(child[name]));
    else if (name === CDATA) text += textOf(child[name]);
    else children.push(build(name, child, scope));
  }
  const plain = attributes.filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'));
  return { ...resolve(tag, scope), attributes: Object.fromEntries(plain), children, text };
}

/** Reads a request body. Throws XmlError; a DOCTYPE is refused (no entities of the sender's own). */
export function parseXml(body: string): XmlElement {
  if (/<!DOCTYPE/i.test(body)) throw new XmlError('a DOCTYPE is not accepted');
  const verdict = XMLValidator.validate(body, { allowBooleanAttributes: false });
  if (verdict !== true) throw new XmlError(verdict.err.msg);
  const tree: unknown = parser.parse(body);
  const roots = (Array.isArray(tree) ? tree : []).filter(isNode);
  for (const node of roots) {
    const tag = Object.keys(node).find((k) => k !== ATTRIBUTES && k !== '#text' && !k.startsWith('?'));
    if (tag !== undefined) return build(tag, node, { xml: 'http://www.w3.org/XML/1998/namespace' });
  }
  throw new XmlError('the body holds no element');
}

export const childOf = (element: XmlElement, ns: string, name: string): XmlElement | undefined =>
  element.children.find((c) => c.ns === ns && c.name === name);

export const childrenOf = (element: XmlElement, ns: string, name: string): XmlElement[] =>
  element.children.filter((c) => c.ns === ns && c.name === name);

/** Writes an element back, self-contained: each element declares its own namespace. */
export function writeXml(element: XmlElement): string {
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => !name.includes(':') || name.startsWith('xml:'))
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const inner = escapeXml(element.text) + element.children.map(writeXml).join('');
  const open = `${element.name} xmlns="${escapeXml(element.ns)}"${attributes}`;
  return inner === '' ? `<${open}/>` : `<${open}>${inner}</${element.name}>`;
}
