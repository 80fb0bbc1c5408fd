import type { Component, Property } from './reader.ts';

const LIMIT = 75;

/** Folds a content line at 75 octets, never inside a character (RFC 5545 §3.1). */
function fold(line: string): string {
  if (line.length <= LIMIT && Buffer.byteLength(line) <= LIMIT) return line;
  let out = '';
  let width = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (width + size > LIMIT) {
      out += '\r\n ';
      width = 1;
    }
    out += character;
    width += size;
  }
  return out;
}

/** Makes a content line from its text; `text` is unfolded, without line end. */
export function line(text: string): Property {
  let quoted = false;
  let colon = -1;
  for (let i = 0; i < text.length && colon < 0; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) colon = i;
  }
  const head = text.slice(0, colon);
  const name = (/^[^;]+/.exec(head)?.[0] ?? '').toUpperCase();
  return { kind: 'property', name, head, value: text.slice(colon + 1), raw: `${fold(text)}\r\n` };
}

const quote = (value: string): string => (/[;:,]/.test(value) ? `"${value}"` : value);

/** The line with one parameter set, or taken away when the value is null. Everything else stays as it was written. */
export function withParameter(property: Property, name: string, value: string | null): Property {
  const pattern = new RegExp(`;${name}=(?:"[^"]*"|[^";])*`, 'gi');
  const had = property.head.match(pattern);
  if (value !== null && had?.length === 1 && had[0].slice(name.length + 2) === quote(value)) return property;
  if (value === null && had === null) return property;
  const head = property.head.replace(pattern, '') + (value === null ? '' : `;${name}=${quote(value)}`);
  return line(`${head}:${property.value}`);
}

/** Sets the only property of a name, in its place or at the end of the properties. */
export function setProperty(component: Component, property: Property): void {
  const at = component.items.findIndex((i) => i.kind === 'property' && i.name === property.name);
  if (at >= 0) component.items[at] = property;
  else addProperty(component, property);
}

/** Adds a property before the first nested component. */
export function addProperty(component: Component, property: Property): void {
  const at = component.items.findIndex((i) => i.kind === 'component');
  component.items.splice(at < 0 ? component.items.length : at, 0, property);
}

export function removeProperties(component: Component, name: string): void {
  component.items = component.items.filter((i) => i.kind === 'component' || i.name !== name);
}

/** An empty component of a name. */
export const newComponent = (name: string): Component => ({
  kind: 'component',
  name,
  begin: `BEGIN:${name}\r\n`,
  end: `END:${name}\r\n`,
  items: [],
});

/** A copy whose items can be changed without changing the original. */
export const copyComponent = (component: Component): Component => ({
  ...component,
  items: component.items.map((i) => (i.kind === 'component' ? copyComponent(i) : i)),
});
