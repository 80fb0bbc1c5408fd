import { line } from '../ical/edit.ts';
import { parseCalendar, writeCalendar, type Component, type Item } from '../ical/reader.ts';

const order = (item: Item): string => (item.kind === 'component' ? '\uffff' : item.name);

function sorted(component: Component): Component {
  const items = component.items
    .filter((i) => i.kind === 'component' || i.name !== '')
    .map((i) => (i.kind === 'component' ? sorted(i) : line(`${i.head}:${i.value}`)))
    .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  return { ...component, begin: `BEGIN:${component.name}\r\n`, end: `END:${component.name}\r\n`, items };
}

function stripped(component: Component, names: readonly string[]): Component {
  const items = component.items
    .filter((item) => item.kind === 'component' || !names.includes(item.name))
    .map((item) => (item.kind === 'component' ? stripped(item, names) : item));
  return { ...component, items };
}

/** The same object without the properties of these names (upper case). */
export const leaveOut = (text: string, names: readonly string[]): string =>
  writeCalendar(stripped(parseCalendar(text), names));

/** The same object with its properties in alphabetical order and folded anew: what many servers give back. */
export const rewrite = (text: string): string => writeCalendar(sorted(parseCalendar(text)));
