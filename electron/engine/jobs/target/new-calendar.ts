import { open } from 'node:fs/promises';
import type { BackupCalendar } from '../../../../shared/model/kept/backup.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { MakeCalendar, RestoreSpec } from '../../../../shared/model/job.ts';
import type { NewCalendar } from '../../../../shared/model/plan.ts';
import { openMaker, type CalendarMaker, type Home } from '../../caldav/objects/make-calendar.ts';
import { calendarsBehind } from '../../backup/origin.ts';
import type { CollectionProperties, Connection } from '../../caldav/types.ts';
import {
  calendarFacts,
  colorOf,
  mergeFacts,
  NO_FACTS,
  zoneCalendar,
  type CalendarFacts,
} from '../../icalendar/facts/calendar-facts.ts';
import type { SourceFile } from '../../read/types.ts';
import { calendarName } from '../../../../shared/text/display-names.ts';

/** Octets at the head of a file in which its calendar is described. */
const HEAD = 64 * 1024;
/** Files that are asked what calendar they came from. */
const ASKED = 50;

/** What is known of the calendar that sources came from; what only a backup of ours tells is absent elsewhere. */
interface OriginFacts extends CalendarFacts {
  /** The definition of its time zone: a whole iCalendar object. */
  readonly zoneDefinition?: string;
  readonly transparency?: 'opaque' | 'transparent';
  readonly components?: readonly string[];
}

/** What the sources say about the calendar they came from. */
export async function factsOf(files: readonly SourceFile[]): Promise<OriginFacts> {
  const calendars = await calendarsBehind(files.map(({ label }) => label));
  if (calendars.length > 0) return factsOfBackup(calendars);
  const texts = files.filter((file) => file.format === 'icalendar').slice(0, ASKED);
  const all: CalendarFacts[] = [];
  for (const file of texts) all.push(calendarFacts(await headOf(file.path)));
  return mergeFacts(all);
}

/** One calendar is made again as it was; several become one that carries all their names. */
function factsOfBackup(calendars: readonly BackupCalendar[]): OriginFacts {
  const [first] = calendars;
  const name = calendars
    .map(({ properties }) => properties.name)
    .filter((one) => one !== null)
    .join(' + ');
  const named = { ...NO_FACTS, name: name === '' ? null : name.slice(0, 200) };
  const components = new Set(calendars.flatMap(({ properties }) => properties.components));
  const kept = { ...named, components: STORED.filter((kind) => components.has(kind)) };
  if (first === undefined || calendars.length > 1) return kept;
  const { color, description, order, timezone, transparency } = first.properties;
  const zone = /^TZID(?:;[^:\r\n]*)?:(.*)$/im.exec(timezone ?? '')?.[1]?.trim() ?? null;
  return {
    ...kept,
    color: colorOf(color),
    description,
    order,
    zone,
    ...(zone === null || timezone === null ? {} : { zoneDefinition: timezone }),
    ...(transparency === 'opaque' || transparency === 'transparent' ? { transparency } : {}),
  };
}

/** Kinds of entries that calendars are made for. */
const STORED = ['VEVENT', 'VTODO', 'VJOURNAL'];

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(bytes, 0, HEAD, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The calendar as it will be made: what was asked for first, then what the backup says. */
export function newCalendarOf(
  url: string,
  asked: MakeCalendar,
  facts: OriginFacts,
  kinds: ReadonlySet<string>,
): NewCalendar {
  const definition = facts.zoneDefinition ?? (facts.zone === null ? null : zoneCalendar(facts.zone));
  const components = new Set([...kinds, ...(facts.components ?? [])]);
  return {
    url,
    name: asked.name ?? facts.name ?? calendarName('', url),
    color: asked.color === null ? facts.color : colorOf(asked.color),
    description: facts.description,
    order: facts.order,
    zone: facts.zone === null || definition === null ? null : { tzid: facts.zone, definition },
    components: components.size === 0 ? ['VEVENT'] : [...components].sort(),
    ...(facts.transparency === undefined ? {} : { transparency: facts.transparency }),
  };
}

/** The place of a calendar that does not exist. */
export interface MissingCalendar {
  readonly maker: CalendarMaker;
  readonly home: Home;
}

/**
 * Whether nothing stands at the address of a calendar, and one may be made there. Null when something does stand there.
 *
 * @throws HushError when there is no consent to make it, no home above it, or no right to write there
 */
export async function lookForMissing(
  spec: Pick<RestoreSpec, 'calendarUrl' | 'makeCalendar'>,
  connection: Connection,
): Promise<MissingCalendar | null> {
  const maker = openMaker(spec.calendarUrl, connection);
  try {
    if ((await maker.look()) !== 'nothing') {
      await maker.close();
      return null;
    }
    const home = await maker.home();
    if (spec.makeCalendar === undefined) throw notThere(spec.calendarUrl);
    if (home.writable === false) throw readOnlyHome(home.url);
    return { maker, home };
  } catch (error) {
    await maker.close();
    throw error;
  }
}

/** What is known of a calendar before it is made: what its home says. */
export function propertiesOf({ home }: MissingCalendar, url: string): CollectionProperties {
  return {
    info: {
      url,
      name: '',
      color: null,
      description: null,
      components: [],
      writable: home.writable,
      maxResourceSize: null,
      objects: 0,
    },
    ownerAddresses: home.ownerAddresses,
    evidence: home.evidence,
    maxAttendees: null,
    minDateMs: null,
    maxDateMs: null,
    maxInstances: null,
    quotaAvailable: home.quotaAvailable,
  };
}

function notThere(url: string): HushError {
  return new HushError({
    code: 'CALENDAR_MISSING',
    message: `There is no calendar at ${url}, but it could be made there. Ask for a new calendar, or choose one that exists.`,
    reaction: 'fix-input',
  });
}

function readOnlyHome(url: string): HushError {
  return new HushError({
    code: 'HOME_READ_ONLY',
    message: `This user may not make a calendar in ${url}. Choose an existing calendar, or ask for the right.`,
    reaction: 'fix-input',
  });
}
