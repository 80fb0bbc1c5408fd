import type { ContentLine } from '../lines.ts';
import { encode, parameter, rawValue, splitLines } from '../lines.ts';
import type { ComponentFacts } from '../facts/component-facts.ts';
import { readFacts } from '../facts/component-facts.ts';
import { recursOn } from '../facts/recurs-on.ts';
import { meaningOfLines } from '../meaning/meaning.ts';
import { topComponents } from '../summary/summarise.ts';
import { offsetsWith, type ZoneOffset } from '../zones/zone-offset.ts';
import { usedZones } from '../zones/used-zones.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { dropScheduleParameters } from '../repairs/schedule-parameters.ts';
import type { Draft } from '../repairs/repair.ts';

/** Code of the repair. */
export const MERGE_INSTANCE = 'merge-instance';

/** Two objects of one UID as one: nothing of either is lost. Or why that cannot be. */
type MergedText =
  | {
      readonly fits: true;
      readonly text: string;
      /** What is done, for a person. */
      readonly message: string;
      /** Positive where all that is replaced is older than what replaces it, negative where something is newer, else 0. */
      readonly age: number;
    }
  | { readonly fits: false; readonly reason: string };

interface Part {
  readonly lines: readonly ContentLine[];
  readonly facts: ComponentFacts;
}

interface Whole {
  readonly lines: readonly ContentLine[];
  readonly master: Part | undefined;
  readonly instances: readonly Part[];
  readonly zones: ReadonlyMap<string, readonly ContentLine[]>;
  readonly offset: ZoneOffset;
}

/**
 * The calendar's object and the backup's, where at least one of them has changed instances of a series without the
 * series itself (RFC 5546 §3.2.2: who is invited to one instance gets only that). The backup's instances take the place
 * of theirs in the calendar's object; or the calendar's stay beside the backup's series.
 */
export function mergeInstances(there: string, ours: string): MergedText {
  const [theirs, mine] = [wholeOf(there), wholeOf(ours)];
  const whole = theirs.master === undefined && mine.master !== undefined ? mine : theirs;
  const lone = whole === mine ? theirs : mine;
  const misfit = lone.instances.map((part) => misfitOf(whole, lone, part)).find((reason) => reason !== null);
  if (lone.master !== undefined || lone.instances.length === 0) return { fits: false, reason: NO_INSTANCE };
  if (misfit !== undefined) return { fits: false, reason: misfit };
  if (whole === mine) {
    // The calendar's own instances stay, but where the backup's series brings the same one, and no older one.
    const kept = lone.instances.filter((part) => {
      const same = instanceOf(whole, part);
      return same === undefined || compare(part, same) > 0;
    });
    return { fits: true, text: put(whole, lone, kept), message: SERIES_ADDED, age: 1 };
  }
  const added = lone.instances.filter((part) => !isSame(instanceOf(whole, part), part));
  const ages = added.flatMap((part) => {
    const before = instanceOf(whole, part) ?? whole.master;
    return before === undefined ? [] : [compare(part, before)];
  });
  const message = whole.master === undefined ? INSTANCE_BESIDE : INSTANCE_ADDED;
  return { fits: true, text: put(whole, lone, added), message, age: Math.min(1, ...ages.map(Math.sign)) };
}

const INSTANCE_ADDED = 'The calendar holds the series: this changed instance is put into it, and the rest of it stays.';
const INSTANCE_BESIDE = 'The calendar holds other instances of the same series: they stay, and this one is put beside.';
const SERIES_ADDED =
  'The calendar holds changed instances without their series: they stay, and the series is put around.';

const NO_INSTANCE = 'It is not known which instance was changed.';
const ONLY_INSTANCE =
  'One side has only a changed instance of the series, and the other the series. They were not put together: ';

function misfitOf(whole: Whole, lone: Whole, { lines, facts }: Part): string | null {
  const { recurrenceId: id } = facts;
  const line = lines.find(({ name }) => name === 'RECURRENCE-ID');
  if (id === null || line === undefined) return NO_INSTANCE;
  if (parameter(line.text, 'RANGE') !== null) return `${ONLY_INSTANCE}it changes all later instances, too.`;
  const { master } = whole;
  const organizer = (master ?? whole.instances[0])?.facts.organizer?.address.toLowerCase();
  if (organizer !== facts.organizer?.address.toLowerCase()) return `${ONLY_INSTANCE}their organizers differ.`;
  if (!sameClock(whole, lone, facts)) return `${ONLY_INSTANCE}their definitions of a time zone differ.`;
  if (master !== undefined && !recursOn(master.facts, id, whole.offset)) {
    return `${ONLY_INSTANCE}the series has no instance at that time.`;
  }
  return null;
}

/** Whether times of the instance are the same moments by the definitions of either side. */
function sameClock(whole: Whole, lone: Whole, facts: ComponentFacts): boolean {
  return [facts.recurrenceId, facts.start, facts.end].every((when) => {
    const tzid = when?.tzid ?? null;
    if (when === null || tzid === null) return true;
    const zone = encode(tzid);
    if (!whole.zones.has(zone) || !lone.zones.has(zone)) return true;
    const local = Date.parse(`${when.text}Z`);
    return whole.offset(zone, local) === lone.offset(zone, local);
  });
}

function wholeOf(text: string): Whole {
  const draft: Draft = { lines: splitLines(normaliseText(encode(text))), findings: [], firstLine: 0 };
  // The server's notes of what it delivered are no part of what is stored anew.
  dropScheduleParameters(draft);
  const zones = new Map<string, readonly ContentLine[]>();
  const offset = offsetsWith((tzid) => {
    const zone = zones.get(tzid);
    return zone === undefined ? null : zone.map(({ raw }) => `${raw}\r\n`).join('');
  });
  const parts: Part[] = [];
  for (const lines of topComponents(draft.lines)) {
    if (isZone(lines)) zones.set(rawValue(lines.find(({ name }) => name === 'TZID')?.text ?? ''), lines);
    else parts.push({ lines, facts: readFacts(lines, offset) });
  }
  const master = parts.find(({ facts }) => facts.recurrenceId === null);
  return { lines: draft.lines, master, instances: parts.filter((part) => part !== master), zones, offset };
}

function isZone([begin]: readonly ContentLine[]): boolean {
  return begin !== undefined && rawValue(begin.text).trim().toUpperCase() === 'VTIMEZONE';
}

/** The instance of the same moment. */
function instanceOf({ instances }: Whole, { facts }: Part): Part | undefined {
  return instances.find((one) => one.facts.recurrenceId?.ms === facts.recurrenceId?.ms);
}

function isSame(one: Part | undefined, other: Part): boolean {
  return one !== undefined && meaningOfLines(one.lines) === meaningOfLines(other.lines);
}

/** Positive when `a` is newer: SEQUENCE (RFC 5546 §2.1.4), then LAST-MODIFIED, then DTSTAMP, where both have one. */
function compare({ facts: a }: Part, { facts: b }: Part): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence;
  if (a.lastModified !== null && b.lastModified !== null) return a.lastModified - b.lastModified;
  if (a.dtstamp !== null && b.dtstamp !== null) return a.dtstamp - b.dtstamp;
  return 0;
}

/** The text of `whole` with these instances in it, each in the place of the one of the same moment. */
function put(whole: Whole, from: Whole, added: readonly Part[]): string {
  const gone = new Set(added.flatMap((part) => instanceOf(whole, part)?.lines ?? []));
  const missing = new Set(added.flatMap(({ lines }) => usedZones(lines)).filter((tzid) => !whole.zones.has(tzid)));
  const zones = [...missing].flatMap((tzid) => from.zones.get(tzid) ?? []);
  const kept = whole.lines.filter((line) => !gone.has(line));
  const firstOwn = (whole.master ?? whole.instances.find(({ lines }) => !lines.some((line) => gone.has(line))))
    ?.lines[0];
  const end = kept.findLastIndex(
    (line) => line.name === 'END' && rawValue(line.text).trim().toUpperCase() === 'VCALENDAR',
  );
  const last = end < 0 ? kept.length : end;
  const at = firstOwn === undefined ? last : kept.indexOf(firstOwn);
  const lines = [
    ...kept.slice(0, at),
    ...zones,
    ...kept.slice(at, last),
    ...added.flatMap((part) => part.lines),
    ...kept.slice(last),
  ];
  return Buffer.from(lines.map(({ raw }) => `${raw}\r\n`).join(''), 'latin1').toString('utf8');
}
