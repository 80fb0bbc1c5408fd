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

/** The same object with its properties in alphabetical order and folded anew: what many servers give back. */
export const rewrite = (text: string): string => writeCalendar(sorted(parseCalendar(text)));
