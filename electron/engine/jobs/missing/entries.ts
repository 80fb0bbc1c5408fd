import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import { MISSING_STATES, type MissingEntry } from '../../../../shared/model/found/missing.ts';
import type { Connection, TrashedObject } from '../../caldav/types.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { Elsewhere } from '../../plan/types.ts';
import type { Version } from '../../search/version-ranges.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { givesBackSilently } from '../../scheduling/uid-rules.ts';
import { versionOf } from '../find/event-history.ts';
import type { KeptTexts, Slot } from '../find/texts.ts';
import type { Listing, OpenTarget } from '../target/target.ts';
import { inOtherCalendars, inTrash, said } from './elsewhere.ts';
import type { Loss, Losses, Readable } from './losses.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

/** An entry with its text, and when it starts. */
export interface Missed {
  readonly entry: MissingEntry;
  readonly text: Slot;
  readonly startMs: number;
}

interface Seen {
  readonly target: OpenTarget;
  readonly connection: Connection;
  readonly listing: Listing;
  readonly losses: Losses;
  readonly texts: KeptTexts;
  /** `YYYY-MM-DD`. */
  readonly since: string | undefined;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** Of the trash bin, entries that no backup has and that are fetched one by one. */
const MOST_FETCHED = 500;

/** What differs, newest day first, with where it went; and what could not be looked at. */
export async function entriesOf(
  seen: Seen,
  backups: readonly FoundBackup[],
  readable: readonly Readable[],
): Promise<{ readonly missed: readonly Missed[]; readonly unseen: readonly string[] }> {
  const { target, connection, listing, losses, since, now, signal } = seen;
  const hidden = new Set(listing.unseen.flatMap(({ uids }) => uids).filter((uid) => !listing.byUid.has(uid)));
  const absent = losses.all.filter(({ uid }) => !listing.byUid.has(uid) && !hidden.has(uid));
  const trash = await inTrash(target, signal);
  const only = [...trash.found].filter(([uid]) => !listing.byUid.has(uid) && !hidden.has(uid));
  const lost = new Set(losses.all.map(({ uid }) => uid));
  const wanted = new Set([...absent.map(({ uid }) => uid), ...only.map(([uid]) => uid)]);
  const others = await inOtherCalendars(target, connection, wanted, signal);
  const unseen = [...trash.unseen, ...others.unseen];
  const back = await givenBack(seen, absent, trash.found);
  const dated = (at: string | null | undefined): string | null => (at === null || at === undefined ? null : dayOf(at));
  const missed = losses.all.map((loss): Missed => {
    const present = listing.byUid.get(loss.uid)?.summary ?? null;
    const { version, before, after } = loss.since(present === null ? null : versionOf(present), readable);
    const outside =
      present === null ? placeOf(loss.uid, trash.found, others.found, back.get(loss.uid) === version.meaning) : NOWHERE;
    const isHidden = hidden.has(loss.uid);
    const state = isHidden
      ? 'unreadable'
      : present !== null
        ? 'changed'
        : outside.elsewhere === null
          ? 'gone'
          : 'moved';
    const deletedAt = state === 'gone' ? (outside.trash?.deletedAt ?? null) : null;
    const day = dated(deletedAt) ?? (after === null ? dayOf(now.toISOString()) : dated(backups[after]?.at));
    const text = { ...shown(loss, version), state, day, before, after, ...outside } as const;
    return { entry: { id: 0, ...text }, text: loss.text, startMs: loss.startMs };
  });
  const oldest = backups.findLast(({ at }) => at !== null)?.at ?? null;
  const from = since ?? dated(oldest) ?? '';
  const unknown = only.filter(([uid]) => !lost.has(uid) && !others.found.has(uid));
  missed.push(...(await fromTrash(seen, unknown, from, unseen)));
  const asked = missed.filter(({ entry: { day } }) => since === undefined || day === null || day >= since);
  return { missed: inOrder(asked), unseen };
}

/** What those that are gone mean in the trash bin, by UID, where the server is known to give them back silently. */
async function givenBack(
  { target, signal }: Seen,
  absent: readonly Loss[],
  found: ReadonlyMap<string, TrashedObject>,
): Promise<ReadonlyMap<string, string>> {
  const meanings = new Map<string, string>();
  if (!givesBackSilently(target.properties.evidence)) return meanings;
  const lying = absent.flatMap(({ uid }) => {
    const object = found.get(uid);
    return object === undefined ? [] : [{ uid, href: object.href }];
  });
  for (const { uid, href } of lying.slice(0, MOST_FETCHED)) {
    // What cannot be read is not said to be the same; that it lies there is said all the same.
    const got = await said(() => target.store.trash.get(href, signal), '', [], signal);
    if (got !== undefined && got !== null) meanings.set(uid, meaningOf(got.bytes.toString('utf8')));
  }
  return meanings;
}

/** What was made after a backup and deleted before the next one: only the trash bin has it. */
async function fromTrash(
  { target, texts, signal }: Seen,
  objects: readonly (readonly [string, TrashedObject])[],
  from: string,
  unseen: string[],
): Promise<readonly Missed[]> {
  const late = objects.filter(([, { deletedAt }]) => deletedAt === null || (dayOf(isoOf(deletedAt)) ?? '') >= from);
  const missed: Missed[] = [];
  for (const [uid, object] of late.slice(0, MOST_FETCHED)) {
    const got = await said(() => target.store.trash.get(object.href, signal), TRASH_ENTRY, unseen, signal);
    const text = got?.bytes.toString('utf8') ?? '';
    const summary = summarise(text).find((one) => one.uid === uid);
    if (summary === undefined || got === undefined || got === null) continue;
    const deletedAt = object.deletedAt === null ? null : isoOf(object.deletedAt);
    const trash = { deletedAt, ...(givesBackSilently(target.properties.evidence) ? { back: true as const } : {}) };
    const own = { state: 'gone', before: null, after: null, elsewhere: null, trash } as const;
    const version = { ...versionOf(summary), file: '', line: 0 };
    const day = deletedAt === null ? null : dayOf(deletedAt);
    missed.push({
      entry: { id: 0, ...shown(summary, version), ...own, day },
      text: await texts.keep(Buffer.from(`${text.trimEnd()}\r\n`)),
      startMs: summary.start?.ms ?? -Infinity,
    });
  }
  const rest = late.length - missed.length;
  if (late.length > MOST_FETCHED)
    unseen.push(`${formatNumber(rest)} more entries that no backup has lie in the trash bin.`);
  return missed;
}

const TRASH_ENTRY = 'Something in the trash bin could not be read.';

type Outside = Pick<MissingEntry, 'elsewhere' | 'trash'>;
const NOWHERE: Outside = { elsewhere: null, trash: null };

function placeOf(
  uid: string,
  trash: ReadonlyMap<string, TrashedObject>,
  others: ReadonlyMap<string, Elsewhere>,
  back: boolean,
): Outside {
  const other = others.get(uid);
  const thrown = trash.get(uid);
  const deletedAt = thrown === undefined || thrown.deletedAt === null ? null : isoOf(thrown.deletedAt);
  return {
    elsewhere: other === undefined ? null : { calendar: other.calendar, href: other.href },
    trash: thrown === undefined ? null : { deletedAt, ...(back && other === undefined ? { back } : {}) },
  };
}

function shown({ uid, kind }: Pick<Loss, 'uid' | 'kind'>, version: Version) {
  const { meaning: _meaning, changedAt: _changedAt, ...facts } = version;
  return { uid, kind, ...facts };
}

/** The newest day first; in it what is gone first, then by start. */
function inOrder(missed: readonly Missed[]): readonly Missed[] {
  return [...missed]
    .sort(
      (a, b) =>
        (b.entry.day ?? '').localeCompare(a.entry.day ?? '') ||
        MISSING_STATES.indexOf(a.entry.state) - MISSING_STATES.indexOf(b.entry.state) ||
        a.startMs - b.startMs ||
        a.entry.title.localeCompare(b.entry.title),
    )
    .map((one, id) => ({ ...one, entry: { ...one.entry, id } }));
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** The day of a moment, in the zone of this computer; of a day, that day. */
export function dayOf(at: string): string | null {
  if (at.length === 10) return at;
  const on = new Date(at);
  if (Number.isNaN(on.getTime())) return null;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
}
