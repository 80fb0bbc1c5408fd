import type { RealEvent } from './corpus.ts';
import { valueOf } from './line-reader.ts';
import type { Component, Line } from './line-reader.ts';
import type { Rewrite } from './rewrites.ts';

/** What stands on one side only, as readable lines; both empty: nothing lost, nothing added. */
interface Difference {
  readonly lost: readonly string[];
  readonly added: readonly string[];
}

/**
 * Compares an event of the source with the calendar object that a server gives back, property by property: every
 * VEVENT with its alarms, each VTIMEZONE that the source has for a TZID in use, and the header of the calendar object.
 * Only the given rewrites are allowed. METHOD must be gone (RFC 4791 §4.1), and a VTIMEZONE may be added where the
 * source has none.
 */
export function compareWithSource(source: RealEvent, stored: Component, rewrites: readonly Rewrite[]): Difference {
  const used = timeZonesOf(source.events);
  const zonesOfSource = source.calendar.components.filter((one) => used.has(zoneName(one)));
  const known = new Set(zonesOfSource.map(zoneName));
  const isCompared = (one: Component) => one.name !== 'VTIMEZONE' || known.has(zoneName(one));
  const write = (component: Component) => describe(component, rewrites);
  const header = (calendar: Component) =>
    calendar.lines
      .filter(({ name }) => HEADER.has(name))
      .flatMap((line) => spell({ ...line, value: line.value.trim() }, rewrites));

  const wanted = [
    ...header(source.calendar).filter((text) => !text.startsWith('METHOD')),
    ...zonesOfSource.flatMap(write),
    ...source.events.flatMap(write),
  ];
  const found = [...header(stored), ...stored.components.filter(isCompared).flatMap(write)];
  return { lost: without(wanted, found), added: without(found, wanted) };
}

export function isSame({ lost, added }: Difference): boolean {
  return lost.length === 0 && added.length === 0;
}

/** The rows without which the two would differ. */
export function neededRewrites(source: RealEvent, stored: Component, rewrites: readonly Rewrite[]): readonly Rewrite[] {
  if (isSame(compareWithSource(source, stored, []))) return [];
  return rewrites.filter(
    (rewrite) =>
      !isSame(
        compareWithSource(
          source,
          stored,
          rewrites.filter((one) => one !== rewrite),
        ),
      ),
  );
}

/** What is said of the calendar object itself; the rest (NAME, REFRESH-INTERVAL, X-WR-CALNAME, …) is said of the file. */
const HEADER = new Set(['VERSION', 'PRODID', 'CALSCALE', 'METHOD']);

function describe(component: Component, rewrites: readonly Rewrite[]): readonly string[] {
  const id = valueOf(component, 'RECURRENCE-ID');
  const label = component.name + (id === undefined ? '' : `[${id}]`);
  const lines = component.lines.flatMap((line) => spell(line, rewrites)).map((text) => `${label} ${text}`);
  // A nested component is compared as a whole: two alarms must not lend each other their properties.
  const nested = component.components.map(
    (one) => `${label} ${one.name}{${describe(one, rewrites).toSorted().join(' | ')}}`,
  );
  return component.name === 'VTIMEZONE'
    ? [`${label}{${[...lines, ...nested].sort().join(' | ')}}`]
    : [...lines, ...nested];
}

function spell(line: Line, rewrites: readonly Rewrite[]): readonly string[] {
  const lines = rewrites.reduce<readonly Line[]>((all, rewrite) => all.flatMap(rewrite.canonical), [line]);
  return lines.map(({ name, parameters, value }) => {
    const sorted = parameters
      .map(
        ([parameter, values]) =>
          `;${parameter}=${values.map((one) => (one.includes(',') ? `"${one}"` : one)).join(',')}`,
      )
      .sort();
    return `${name}${sorted.join('')}:${value}`;
  });
}

function timeZonesOf(events: readonly Component[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (component: Component) => {
    for (const line of component.lines) {
      for (const [name, values] of line.parameters) if (name === 'TZID') names.add(values.join(','));
    }
    component.components.forEach(visit);
  };
  events.forEach(visit);
  return names;
}

function zoneName(component: Component): string {
  return component.name === 'VTIMEZONE' ? (valueOf(component, 'TZID') ?? '').replaceAll('\\,', ',') : '';
}

/** What of `some` has no partner in `others`; each partner serves once. */
function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
