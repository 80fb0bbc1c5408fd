import {
  LONGEST_CARD_TEXT,
  MOST_LISTED,
  type ChangedInstance,
  type EventAlarm,
  type EventCard,
  type EventPerson,
  type EventTime,
  type Recurrence,
} from '../../../../shared/model/found/event-card.ts';
import { decode, encode, parameter, rawValue, splitLines, unescapeText, type ContentLine } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { When } from '../types.ts';
import { instantOf } from '../zones/instant.ts';
import { durationMs, readWhen, whenOf } from '../zones/when.ts';
import { offsetsWith, type ZoneOffset } from '../zones/zone-offset.ts';
import { ownLines, saidBy } from './event-text.ts';
import { topComponents } from './summarise.ts';

/** Longest line of a card, such as a title or an address, in characters. */
const LONGEST_LINE = 2000;
const DAY = 86_400_000;

/**
 * The event in the text of one object as a person reads it: of a series its master, with what single instances say
 * otherwise. Null when there is no component but VTIMEZONE in it. Takes time and memory in proportion to the text.
 *
 * @param raw a whole iCalendar object, or the lines of one
 */
export function eventCard(raw: string): EventCard | null {
  const zones = new Map<string, string>();
  const components: (readonly ContentLine[])[] = [];
  for (const component of topComponents(splitLines(normaliseText(encode(raw))))) {
    if (kindOf(component) !== 'VTIMEZONE') {
      components.push(component);
      continue;
    }
    const tzid = component.find(({ name }) => name === 'TZID');
    if (tzid !== undefined) zones.set(rawValue(tzid.text), component.map((line) => `${line.raw}\r\n`).join(''));
  }
  const master = components.findIndex((one) => !ownLines(one).some(({ name }) => name === 'RECURRENCE-ID'));
  const main = components[Math.max(master, 0)];
  if (main === undefined) return null;
  const reader = new Reader(offsetsWith((tzid) => zones.get(tzid) ?? null));
  return reader.card(
    main,
    components.filter((one) => one !== main),
  );
}

function kindOf([begin]: readonly ContentLine[]): string {
  return begin === undefined ? '' : rawValue(begin.text).trim().toUpperCase();
}

class Reader {
  readonly #offset: ZoneOffset;

  constructor(offset: ZoneOffset) {
    this.#offset = offset;
  }

  card(component: readonly ContentLine[], others: readonly (readonly ContentLine[])[]): EventCard {
    const own = ownLines(component);
    const all = (name: string): readonly ContentLine[] => own.filter((line) => line.name === name);
    const [organizer] = all('ORGANIZER');
    const guests = all('ATTENDEE');
    const { start, end } = this.#span(own);
    return {
      kind: kindOf(component),
      title: oneLine(own, 'SUMMARY'),
      start,
      end,
      location: lineOf(textOf(all('LOCATION')[0])),
      organizer: organizer === undefined ? null : personOf(organizer),
      guests: guests.slice(0, MOST_LISTED).map(personOf),
      moreGuests: Math.max(0, guests.length - MOST_LISTED),
      text: shortened(saidBy(own), LONGEST_CARD_TEXT),
      links: [...all('URL'), ...all('CONFERENCE')].slice(0, MOST_LISTED).map((line) => lineOf(textOf(line))),
      attachments: all('ATTACH').slice(0, MOST_LISTED).map(attachmentOf),
      alarms: this.#alarms(component),
      recurrence: this.#recurrence(own, start, others.length),
      instances: others.slice(0, MOST_LISTED).map((one) => this.#instance(one)),
      moreInstances: Math.max(0, others.length - MOST_LISTED),
      status: word(own, 'STATUS'),
      transparency: word(own, 'TRANSP'),
      privacy: word(own, 'CLASS'),
      categories: all('CATEGORIES')
        .slice(0, MOST_LISTED)
        .map((line) => lineOf(textOf(line))),
    };
  }

  #span(own: readonly ContentLine[]): { readonly start: EventTime | null; readonly end: EventTime | null } {
    const first = (...names: readonly string[]): ContentLine | undefined =>
      own.find(({ name }) => names.includes(name));
    const from = first('DTSTART');
    const start = from === undefined ? null : whenOf(from, this.#offset);
    const to = first('DTEND', 'DUE');
    const length = first('DURATION');
    const end =
      to === undefined
        ? after(start, length === undefined ? null : durationMs(rawValue(length.text)), this.#offset)
        : whenOf(to, this.#offset);
    return { start: timeOf(start), end: timeOf(end) };
  }

  #times(lines: readonly ContentLine[]): { readonly dates: readonly EventTime[]; readonly more: number } {
    const dates: EventTime[] = [];
    let more = 0;
    for (const line of lines) {
      const tzid = parameter(line.text, 'TZID');
      for (const value of rawValue(line.text).split(',')) {
        // Of a period (RFC 5545 §3.3.9) its start.
        const when = readWhen(value.split('/')[0] ?? '', tzid, this.#offset);
        const time = timeOf(when) ?? { text: lineOf(decode(value)), tzid: null };
        if (dates.length < MOST_LISTED) dates.push(time);
        else more += 1;
      }
    }
    return { dates, more };
  }

  #recurrence(own: readonly ContentLine[], start: EventTime | null, changed: number): Recurrence | null {
    const lines = (name: string): readonly ContentLine[] => own.filter((line) => line.name === name);
    const rules = (name: string): readonly string[] =>
      lines(name)
        .slice(0, MOST_LISTED)
        .map((line) => lineOf(decode(rawValue(line.text))));
    const [added, taken] = [this.#times(lines('RDATE')), this.#times(lines('EXDATE'))];
    const found = {
      start,
      rules: rules('RRULE'),
      exceptRules: rules('EXRULE'),
      dates: added.dates,
      moreDates: added.more,
      exceptDates: taken.dates,
      moreExceptDates: taken.more,
      changed,
    };
    return found.rules.length + added.dates.length + changed === 0 ? null : found;
  }

  #instance(component: readonly ContentLine[]): ChangedInstance {
    const own = ownLines(component);
    const id = own.find(({ name }) => name === 'RECURRENCE-ID');
    const location = own.find(({ name }) => name === 'LOCATION');
    return {
      of: id === undefined ? null : timeOf(whenOf(id, this.#offset)),
      andLater: id !== undefined && parameter(id.text, 'RANGE')?.toUpperCase() === 'THISANDFUTURE',
      ...this.#span(own),
      title: oneLine(own, 'SUMMARY'),
      location: lineOf(textOf(location)),
      cancelled: word(own, 'STATUS') === 'CANCELLED',
    };
  }

  #alarms(component: readonly ContentLine[]): readonly EventAlarm[] {
    const found: EventAlarm[] = [];
    let open: ContentLine[] | null = null;
    for (const line of component.slice(1, -1)) {
      if (line.name === 'BEGIN') open = [];
      else if (line.name === 'END' && open !== null) {
        if (found.length < MOST_LISTED) found.push(this.#alarm(open));
        open = null;
      } else open?.push(line);
    }
    return found;
  }

  #alarm(lines: readonly ContentLine[]): EventAlarm {
    const trigger = lines.find(({ name }) => name === 'TRIGGER');
    const value = trigger === undefined ? '' : rawValue(trigger.text);
    const offsetMs = durationMs(value);
    const repeat = Number(textOf(lines.find(({ name }) => name === 'REPEAT')));
    return {
      action: word(lines, 'ACTION'),
      offsetMs,
      fromEnd: trigger !== undefined && parameter(trigger.text, 'RELATED')?.toUpperCase() === 'END',
      time: offsetMs === null && trigger !== undefined ? timeOf(whenOf(trigger, this.#offset)) : null,
      trigger: lineOf(decode(value)),
      repeat: Number.isSafeInteger(repeat) && repeat > 0 ? repeat : 0,
    };
  }
}

/** The time so long after another one: days on its own clock, hours by the world's (RFC 5545 §3.3.6). */
function after(start: When | null, ms: number | null, offset: ZoneOffset): When | null {
  const written = start === null ? Number.NaN : Date.parse(start.text.length === 10 ? start.text : `${bare(start)}Z`);
  if (start === null || ms === null || Number.isNaN(written)) return null;
  const whole = ms % DAY === 0;
  if (start.text.length === 10 && !whole) return null;
  const instant = start.ms + ms;
  const local = whole || start.tzid === null ? written + ms : instant + offset(start.tzid, instant);
  if (Math.abs(local) > 8e15) return null;
  const stamp = new Date(local).toISOString().slice(0, start.text.length === 10 ? 10 : 19);
  const ending = start.text.endsWith('Z') ? 'Z' : '';
  const moved = whole && start.tzid !== null ? local - offset(start.tzid, local) : instant;
  return { text: `${stamp}${ending}`, tzid: start.tzid, ms: moved };
}

function bare({ text }: When): string {
  return text.replace('Z', '');
}

function timeOf(when: When | null): EventTime | null {
  if (when === null) return null;
  const at = instantOf(when);
  return { text: when.text, tzid: when.tzid, ...(at === undefined ? {} : { at }) };
}

function personOf({ text }: ContentLine): EventPerson {
  const name = parameter(text, 'CN');
  return {
    address: lineOf(decode(rawValue(text)).replace(/^mailto:/i, '')),
    name: name === null || name === '' ? null : lineOf(decode(name)),
    answer: parameter(text, 'PARTSTAT')?.toUpperCase() ?? null,
    role: parameter(text, 'ROLE')?.toUpperCase() ?? null,
  };
}

/** What is inside the event is named by its size only: nobody reads BASE64. */
function attachmentOf({ text }: ContentLine): { readonly name: string; readonly what: string } {
  const value = rawValue(text);
  const name = parameter(text, 'FILENAME') ?? parameter(text, 'X-FILENAME') ?? '';
  const type = parameter(text, 'FMTTYPE') ?? '';
  const inside = parameter(text, 'VALUE')?.toUpperCase() === 'BINARY';
  const what = inside
    ? `${type === '' ? 'file' : decode(type)} in the event, about ${String(Math.ceil((value.length * 3) / 4000))} kB`
    : decode(value);
  return { name: lineOf(decode(name)), what: lineOf(what) };
}

function oneLine(own: readonly ContentLine[], name: string): string {
  return lineOf(textOf(own.find((line) => line.name === name)));
}

function word(own: readonly ContentLine[], name: string): string {
  return oneLine(own, name).toUpperCase();
}

function textOf(line: ContentLine | undefined): string {
  return line === undefined ? '' : decode(unescapeText(rawValue(line.text)));
}

function lineOf(text: string): string {
  return shortened(
    text
      .slice(0, LONGEST_LINE * 2)
      .replace(/\s+/g, ' ')
      .trim(),
    LONGEST_LINE,
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
