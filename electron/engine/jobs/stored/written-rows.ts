import { membersOnDisk } from '../../batch/kept/entry.ts';
import { listBatches, openBatch, type StoredBatch } from '../../batch/kept/folder.ts';
import type { PlannedMember } from '../../batch/kept/records.ts';
import type { RunSpec } from '../../../../shared/model/job.ts';
import { STORED } from '../../../../shared/model/outcome.ts';
import { collectionKey } from '../../caldav/url.ts';
import { meaningBehind } from '../../icalendar/meaning/meaning.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { runPaths } from '../../run/kept/folder.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import { wasApplied } from '../../run/tally.ts';
import { domainsOf } from '../../scheduling/addresses.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import { laidMigration } from './migration-spec.ts';
import { openRun } from './stored-run.ts';

/** One event that a migration has put into a calendar, and of which nobody outside has heard. */
export interface Announceable {
  readonly uid: string;
  readonly href: string;
  readonly meaning: string;
  readonly etag: string | null;
  /** What was written is damaged on this computer, so whether it is still that cannot be told. */
  readonly damaged: boolean;
}

/** A calendar of a migration, and the runs that wrote into it. */
export interface AnnouncedCalendar {
  readonly planned: PlannedMember;
  readonly runIds: readonly string[];
}

/** The batch and those that it followed as a final pass, the first one first. */
export async function chainOf(runsDir: string, batchId: string): Promise<readonly StoredBatch[]> {
  const chain: StoredBatch[] = [];
  const seen = new Set<string>();
  for (let at: string | null = batchId; at !== null && !seen.has(at);) {
    seen.add(at);
    const batch: StoredBatch = await openBatch(runsDir, at);
    chain.unshift(batch);
    const spec = laidMigration.safeParse(batch.head.spec);
    at = spec.success ? spec.data.spec.after : null;
  }
  return chain;
}

/** The calendars into which the migrations wrote. */
export async function calendarsIn(chain: readonly StoredBatch[]): Promise<readonly AnnouncedCalendar[]> {
  const calendars = new Map<string, { planned: PlannedMember; runIds: string[] }>();
  for (const batch of chain) {
    for (const { id, calendarUrl, runIds } of await membersOnDisk(batch)) {
      const planned = batch.head.members[id];
      if (calendarUrl === null || planned === undefined || runIds.length === 0) continue;
      const known = calendars.get(collectionKey(calendarUrl)) ?? { planned, runIds: [] };
      known.runIds.push(...runIds);
      calendars.set(collectionKey(calendarUrl), known);
    }
  }
  return [...calendars.values()];
}

/** Modes in which people outside heard of it when it was written. */
const TELLS_OUTSIDE: readonly string[] = ['external-only', 'all'];

/** What runs have written of meetings with guests that are to come, and how they were asked for. */
export async function writtenBy(
  runsDir: string,
  runIds: readonly string[],
  now: number,
): Promise<{ readonly events: readonly Announceable[]; readonly spec: RunSpec | null }> {
  const events = new Map<string, Announceable>();
  let spec: RunSpec | null = null;
  for (const runId of runIds) {
    const { folder, head, steps, journal } = await openRun(runsDir, runId);
    ({ spec } = head);
    const hasNotified = TELLS_OUTSIDE.includes(head.summary.verdict.effective ?? '');
    const bodies = new PackReader(runPaths(folder).bodies);
    for (const [at, { row, meaning, body }] of steps.entries()) {
      const state = journal.rows.get(at);
      const outcome = state?.final?.outcome;
      if (outcome === 'deleted' || (hasNotified && wasApplied(state))) events.delete(row.uid);
      if (hasNotified) continue;
      if (outcome === undefined || !STORED.includes(outcome)) continue;
      const href = state?.final?.href ?? row.href;
      if (row.standing !== 'organizer' || row.guests === 0 || row.past || href === null || body === null) continue;
      const text = (await readUndamaged(bodies, body))?.toString('utf8') ?? null;
      if (text !== null && !tellsOutside(text, head.spec.insideDomains ?? [], now)) continue;
      const etag = state?.verified?.etag ?? state?.final?.etag ?? null;
      const known = text === null ? meaning : meaningBehind(meaning, text);
      events.set(row.uid, { uid: row.uid, href, meaning: known, etag, damaged: text === null });
    }
    await bodies.close();
  }
  return { events: [...events.values()], spec };
}

/** Whether somebody outside would hear of an event from its organizer. */
function tellsOutside(text: string, insideDomains: readonly string[], now: number): boolean {
  const [summary] = summarise(text);
  if (summary === undefined || summary.organizer === null) return false;
  if (summary.cancelled || (summary.endsMs !== null && summary.endsMs < now)) return false;
  const ownAddresses = [summary.organizer.address];
  const inside = new Set([...domainsOf(ownAddresses), ...insideDomains.map((domain) => domain.toLowerCase())]);
  const notified = notifiedBy('create', summary, null, { ownAddresses, insideDomains: inside, now });
  return notified.perMode['external-only'].messages > 0;
}

/** What people outside have heard by earlier announcements, or may have. */
export class EarlierAnnouncements {
  readonly #runsDir: string;
  /** Batches of other kinds: they need not be read again. */
  readonly #others = new Set<string>();

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  /**
   * UIDs in a calendar of which people outside have heard, or may have: the request that tells them was durable before it
   * left. `open`: an announcement is in the middle there and has to be resumed first. Read anew each time.
   *
   * @param except a run that does not count
   */
  async notifiedIn(
    calendarUrl: string,
    except: string | null = null,
  ): Promise<{ readonly notified: ReadonlySet<string>; readonly open: ReadonlySet<string> }> {
    const notified = new Set<string>();
    const open = new Set<string>();
    for (const batchId of await listBatches(this.#runsDir)) {
      if (this.#others.has(batchId)) continue;
      const batch = await openBatch(this.#runsDir, batchId);
      if (batch.head.kind !== 'announce') {
        this.#others.add(batchId);
        continue;
      }
      for (const { calendarUrl: url, runIds } of await membersOnDisk(batch)) {
        if (url === null || collectionKey(url) !== collectionKey(calendarUrl)) continue;
        for (const runId of runIds) if (runId !== except) await addNotified(this.#runsDir, runId, notified, open);
      }
    }
    return { notified, open };
  }
}

async function addNotified(runsDir: string, runId: string, notified: Set<string>, open: Set<string>): Promise<void> {
  const { steps, journal } = await openRun(runsDir, runId);
  for (const [at, { row }] of steps.entries()) {
    const state = journal.rows.get(at);
    if (state === undefined) continue;
    if (state.telling && (state.refused === null || state.lost)) notified.add(row.uid);
    else if (state.final === null && (state.intended || state.telling)) open.add(row.uid);
  }
}
