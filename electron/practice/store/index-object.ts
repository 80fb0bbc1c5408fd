import { components, parseCalendar, property, type Component } from '../ical/reader.ts';

export const mainComponents = (calendar: Component): Component[] =>
  components(calendar).filter((c) => c.name !== 'VTIMEZONE');

/** UID and component type of a stored text; null when it cannot be read. */
export function indexObject(text: string): { uid: string; component: string } | null {
  try {
    const main = mainComponents(parseCalendar(text))[0];
    if (main === undefined) return null;
    return { uid: property(main, 'UID')?.value ?? '', component: main.name };
  } catch {
    return null;
  }
}
