import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import type { CalendarIndex, ResourceGlance } from '../../icalendar/types.ts';
import { holdsWords } from '../../search/words.ts';
import type { EnginePorts } from '../../types.ts';
import { lookThrough, unfolded } from '../consent/look-through.ts';
import type { Backup } from './backups.ts';
import type { Terms } from './terms.ts';
import { readBackup } from './read-backup.ts';
import type { KeptTexts } from './texts.ts';
import { hashOf, keyOf, type EventHistory } from './event-history.ts';
import type { EventHistories } from './event-histories.ts';

/** What stays of a backup when it is closed: four octets per event, and what could not be read. */
export interface Looked {
  readonly backup: FoundBackup;
  /** A hash of UID and kind of each event, by ordinal: says where a second look is worth while. */
  readonly hashes: Uint32Array;
  readonly unread: ReadonlyMap<string, readonly Rejection[]>;
}

interface LookAround {
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

/** The same without what only the reading needs. */
async function within(
  one: Backup,
  id: number,
  around: LookAround,
  work: (index: CalendarIndex) => Promise<Uint32Array>,
): Promise<Looked> {
  const { value, ...read } = await readBackup(one, id, around, work);
  return { ...read, hashes: value ?? new Uint32Array(0) };
}

function changed({ name }: Backup): HushError {
  return new HushError({
    code: 'SOURCE_CHANGED',
    message: `"${name}" was changed while it was searched; search again.`,
    reaction: 'fix-input',
  });
}
