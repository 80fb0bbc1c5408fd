/*
 * A small lossless reader of iCalendar (RFC 5545 §3.1): every item keeps the text it came from, so that writing a tree
 * that was not changed gives the same bytes back.
 */

/** One content line. `head` is what stands before the value: the name and its parameters. */
export interface Property {
  readonly kind: 'property';
  /** Upper case; empty for a blank line. */
  readonly name: string;
  readonly head: string;
  readonly value: string;
  /** The line as it was sent, folds and line end included. */
  readonly raw: string;
}

export interface Component {
  readonly kind: 'component';
  readonly name: string;
  readonly begin: string;
  readonly end: string;
  items: Item[];
}

export type Item = Property | Component;

/** The text is not iCalendar; the message says where. */
export class IcalendarError extends Error {}

const NAME = /^[A-Za-z0-9-]+/;

/** Index of the colon that ends name and parameters; quoted parameter values may hold colons. */
function valueColon(line: string): number {
  const colon = line.indexOf(':');
  const quote = line.indexOf('"');
  if (quote < 0 || colon < quote) return colon;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '"') quoted = !quoted;
    else if (c === ':' && !quoted) return i;
  }
  return -1;
}

function parseLine(raw: string, lineNumber: number): Property {
  let line = raw.endsWith('\r\n') ? raw.slice(0, -2) : raw.endsWith('\n') ? raw.slice(0, -1) : raw;
  if (line.includes('\n')) line = line.replace(/\r?\n[ \t]/g, '');
  if (line.trim() === '') return { kind: 'property', name: '', head: '', value: '', raw };
  const colon = valueColon(line);
  const name = NAME.exec(line)?.[0];
  const after = name === undefined ? undefined : line[name.length];
  if (colon < 0 || name === undefined || (after !== ':' && after !== ';')) {
    throw new IcalendarError(`line ${String(lineNumber)} is not a content line`);
  }
  return { kind: 'property', name: name.toUpperCase(), head: line.slice(0, colon), value: line.slice(colon + 1), raw };
}

function* contentLines(text: string): Generator<Property> {
  let start = 0;
  let lineNumber = 1;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    let lines = 1;
    while (end >= 0 && (text[end + 1] === ' ' || text[end + 1] === '\t')) {
      end = text.indexOf('\n', end + 1);
      lines++;
    }
    const stop = end < 0 ? text.length : end + 1;
    yield parseLine(text.slice(start, stop), lineNumber);
    start = stop;
    lineNumber += lines;
  }
}

/** Reads one VCALENDAR. Throws IcalendarError for anything else. */
export function parseCalendar(text: string): Component {
  const open: { name: string; begin: string; items: Item[] }[] = [];
  let root: Component | null = null;
  for (const line of contentLines(text)) {
    const top = open.at(-1);
    if (line.name === 'BEGIN') {
      if (root !== null) throw new IcalendarError('there is something after END:VCALENDAR');
      open.push({ name: line.value.trim().toUpperCase(), begin: line.raw, items: [] });
    } else if (line.name === 'END') {
      const name = line.value.trim().toUpperCase();
      if (top?.name !== name) throw new IcalendarError(`END:${name} without its BEGIN`);
      open.pop();
      const component: Component = { kind: 'component', name, begin: top.begin, end: line.raw, items: top.items };
      const parent = open.at(-1);
      if (parent === undefined) root = component;
      else parent.items.push(component);
    } else if (top !== undefined) top.items.push(line);
    else if (line.name !== '') throw new IcalendarError(`${line.name} stands outside of VCALENDAR`);
  }
  const left = open.at(-1);
  if (left !== undefined) throw new IcalendarError(`BEGIN:${left.name} without its END`);
  if (root?.name !== 'VCALENDAR') throw new IcalendarError('there is no VCALENDAR');
  return root;
}

export const writeCalendar = (item: Item): string =>
  item.kind === 'property' ? item.raw : item.begin + item.items.map(writeCalendar).join('') + item.end;

export const components = (parent: Component, name?: string): Component[] =>
  parent.items.filter((i): i is Component => i.kind === 'component' && (name === undefined || i.name === name));

export const properties = (parent: Component, name: string): Property[] =>
  parent.items.filter((i): i is Property => i.kind === 'property' && i.name === name);

export const property = (parent: Component, name: string): Property | undefined =>
  parent.items.find((i): i is Property => i.kind === 'property' && i.name === name);

/** Splits the parameters off a head: `[NAME, value]`, quotes removed. */
export function parameters(line: Property): [string, string][] {
  if (!line.head.includes(';')) return [];
  const parts = line.head.match(/;([^=;":]+)=((?:"[^"]*"|[^";])*)/g) ?? [];
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(1, equals).toUpperCase(), part.slice(equals + 1).replace(/"/g, '')];
  });
}

export const parameter = (line: Property, name: string): string | undefined =>
  parameters(line).find(([n]) => n === name)?.[1];
