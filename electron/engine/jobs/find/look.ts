import type { FoundBackup } from '../../../../shared/model/find.ts';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { AS_NEW, SUPERSEDED, type Rejection } from '../../../../shared/model/inspection.ts';
import { unescapeText } from '../../icalendar/lines.ts';
import type { CalendarIndex, ResourceGlance } from '../../icalendar/types.ts';
import { holdsWords } from '../../search/words.ts';
import type { EnginePorts } from '../../types.ts';
import { lookThrough, unfolded } from '../consent/look-through.ts';
import { openSources } from '../target/sources.ts';
import type { Backup } from './backups.ts';
import type { Terms } from './terms.ts';
import type { KeptTexts } from './texts.ts';
import { keyOf, type EventHistory } from './event-history.ts';
import type { EventHistories } from './event-histories.ts';

/** Unreadable parts that are listed per backup. */
const LISTED = 20;
/** What stays of a backup when it is closed: four octets per event, and what could not be read. */
export interface Looked {
  readonly backup: FoundBackup;
  /** A hash of UID and kind of each event, by ordinal: says where a second look is worth while. */
  readonly hashes: Uint32Array;
  readonly unread: ReadonlyMap<string, readonly Rejection[]>;
}

export interface LookAround {
  readonly ports: EnginePorts;
  readonly terms: Terms;
  readonly trails: EventHistories;
  readonly texts: KeptTexts;
  readonly signal: AbortSignal | undefined;
  /** Events done, of how many. */
  readonly progress: (done: number, of: number) => void;
}

/** Reads one backup, notes what fits and what was found in a newer one already, and closes it. */
export async function lookInto(one: Backup, id: number, around: LookAround): Promise<Looked> {
  return within(one, id, around, async (index) => {
    const { terms, trails, texts, signal, progress } = around;
    const { rules, any, words, withText } = terms;
    const hashes = new Uint32Array(index.size);
    const fits = new Map<number, ResourceGlance>();
    await lookThrough(index.size, {
      rules,
      any,
      signal,
      async subject(ordinal) {
        const glance = index.glance(ordinal);
        const key = keyOf(glance);
        hashes[ordinal] = hashOf(key);
        const text = withText ? unfolded(await index.text(ordinal)) : '';
        if (trails.get(key) !== undefined) fits.set(ordinal, glance);
        // There is nothing to compare it with, so its meaning is not asked for.
        return holdsWords(words, text) ? { summary: { ...glance, meaning: '' }, text, own: new Set<string>() } : null;
      },
      take(ordinal, { summary }) {
        fits.set(ordinal, summary);
      },
      async after(done) {
        for (const [ordinal, { uid, kind }] of fits)
          await trails.follow(uid, kind, id)?.note(id, index, ordinal, texts);
        fits.clear();
        progress(done, index.size);
      },
    });
    return hashes;
  });
}

/**
 * Looks for events that were found only in older backups: there they may be gone, or say something else. `looked` is
 * what the first look gave.
 */
export async function lookAgain(
  one: Backup,
  looked: Looked,
  wanted: readonly EventHistory[],
  around: LookAround,
): Promise<Looked> {
  const keys = new Map(wanted.map((trail) => [keyOf(trail), trail]));
  const hashes = new Set([...keys.keys()].map(hashOf));
  const ordinals = [...looked.hashes.keys()].filter((ordinal) => hashes.has(looked.hashes[ordinal] ?? 0));
  if (ordinals.length === 0) return looked;
  const { id } = looked.backup;
  return within(one, id, around, async (index) => {
    if (index.size !== looked.hashes.length) throw changed(one);
    for (const ordinal of ordinals) {
      around.signal?.throwIfAborted();
      const key = keyOf(index.glance(ordinal));
      if (hashOf(key) !== looked.hashes[ordinal]) throw changed(one);
      await keys.get(key)?.note(id, index, ordinal, around.texts);
    }
    return looked.hashes;
  });
}

/** Opens a backup for some work. What is wrong with it is in the result; only an abort and a wrong search are thrown. */
async function within(
  { source, name, at, dateFrom }: Backup,
  id: number,
  { ports, signal }: LookAround,
  work: (index: CalendarIndex) => Promise<Uint32Array>,
): Promise<Looked> {
  const about = { id, source, name, at, dateFrom };
  try {
    const { index } = await openSources(ports, [source], () => undefined, signal);
    try {
      const rejected = index.rejected.filter(({ code }) => code !== SUPERSEDED && code !== AS_NEW);
      const [first] = rejected;
      const counted = {
        rejected: rejected.length,
        rejections: rejected.slice(0, LISTED),
        doubled: index.rejected.length - rejected.length,
      };
      if (index.size === 0 && first !== undefined) {
        const problem = rejected.length === 1 ? first.reason : `Nothing in it could be read. ${first.reason}`;
        return unread({ ...about, ...counted, events: null, problem });
      }
      const hashes = await work(index);
      return { backup: { ...about, ...counted, events: index.size, problem: null }, hashes, unread: byUid(rejected) };
    } finally {
      await index.close();
    }
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof HushError && thrown.failure.code === 'INPUT_RULE') throw thrown;
    return unread({
      ...about,
      rejected: 0,
      rejections: [],
      doubled: 0,
      events: null,
      problem: toFailure(thrown).message,
    });
  }
}

function unread(backup: FoundBackup): Looked {
  return { backup, hashes: new Uint32Array(0), unread: new Map() };
}

function byUid(rejected: readonly Rejection[]): ReadonlyMap<string, readonly Rejection[]> {
  const found = new Map<string, readonly Rejection[]>();
  for (const one of rejected) {
    const uid = unescapeText(one.uid).trim();
    if (uid !== '') found.set(uid, [...(found.get(uid) ?? []), one]);
  }
  return found;
}

function changed({ name }: Backup): HushError {
  return new HushError({
    code: 'SOURCE_CHANGED',
    message: `"${name}" was changed while it was searched; search again.`,
    reaction: 'fix-input',
  });
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
