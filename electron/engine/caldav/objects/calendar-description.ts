import type { NewCalendar } from '../../../../shared/model/plan.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { CALDAV, DAV, escapeXml } from '../answers/xml.ts';

const APPLE = 'http://apple.com/ns/ical/';
/** Longer values are not shown in a sentence. */
const SHOWN = 40;

/** Properties that describe a calendar, for propfindBody. */
export const DESCRIBED = [
  'D:displayname',
  'A:calendar-color',
  'C:calendar-description',
  'A:calendar-order',
  'C:calendar-timezone',
  'C:schedule-calendar-transp',
] as const;

/** What became of a description. */
export interface Kept {
  /** Names of what the server did not take, or does not have. */
  readonly notSet: readonly string[];
  /** What it has otherwise than it was sent, e.g. `colour (#11223380 became #112233)`. */
  readonly adjusted: readonly string[];
}

/** One property of a new calendar. */
export interface Described {
  /** For a person. */
  readonly name: string;
  readonly sent: string;
  readonly xml: string;
  /** Null where the server has none. */
  readonly there: (response: DavResponse | undefined) => string | null;
  /** Two values with one key mean the same. */
  readonly key: (value: string) => string;
}

/** What a PROPPATCH sets after the calendar was made. */
export function describing({ color, description, order, zone, transparency }: NewCalendar): readonly Described[] {
  return [
    ...(color === null ? [] : [text('colour', APPLE, 'calendar-color', color, shade)]),
    ...(description === null ? [] : [text('description', CALDAV, 'calendar-description', description, spaced)]),
    ...(order === null
      ? []
      : [text('order', APPLE, 'calendar-order', String(order), (value) => String(Number(value)))]),
    ...(zone === null ? [] : [text('time zone', CALDAV, 'calendar-timezone', zone.definition, tzid)]),
    ...(transparency === undefined ? [] : [busyOrFree(transparency)]),
  ];
}

/** The name, which is sent when the calendar is made. */
export function named({ name }: NewCalendar): Described {
  return text('name', DAV, 'displayname', name, spaced);
}

/** What the server has of what was sent. */
export function comparing(sent: readonly Described[], response: DavResponse | undefined): Kept {
  const notSet: string[] = [];
  const adjusted: string[] = [];
  for (const one of sent) {
    const there = one.there(response);
    if (there === null) notSet.push(one.name);
    else if (one.key(there) !== one.key(one.sent)) adjusted.push(adjustedWords(one, there));
  }
  return { notSet, adjusted };
}

function adjustedWords({ name, sent, key }: Described, there: string): string {
  const [from, to] = [key(sent), key(there)];
  return from.length > SHOWN || to.length > SHOWN ? name : `${name} (${from} became ${to})`;
}

const PREFIXES: Readonly<Record<string, string>> = { [DAV]: 'D', [CALDAV]: 'C', [APPLE]: 'A' };

function text(name: string, namespace: string, local: string, sent: string, key: Described['key']): Described {
  const element = `${PREFIXES[namespace] ?? ''}:${local}`;
  const xml = `<${element}>${escapeXml(sent)}</${element}>`;
  const there = (response: DavResponse | undefined): string | null => {
    const value = propOf(response, namespace, local)?.text.trim();
    return value === undefined || value === '' ? null : value;
  };
  return { name, sent, xml, there, key };
}

function busyOrFree(sent: string): Described {
  const xml = `<C:schedule-calendar-transp><C:${sent}/></C:schedule-calendar-transp>`;
  const there = (response: DavResponse | undefined): string | null =>
    propOf(response, CALDAV, 'schedule-calendar-transp')?.children[0]?.name ?? null;
  return { name: 'busy or free', sent, xml, there, key: (value) => value };
}

/** A colour without the alpha of what hides nothing. */
function shade(value: string): string {
  const color = value.trim().toLowerCase();
  return /^#[0-9a-f]{6}ff$/.test(color) ? color.slice(0, 7) : color;
}

function spaced(value: string): string {
  return value.trim().replace(/\s+/g, ' ');
}

/** Servers write a definition anew: the zone is known by its name. */
function tzid(value: string): string {
  return /^TZID(?:;[^:\r\n]*)?:(.*)$/im.exec(value)?.[1]?.trim() ?? value;
}
