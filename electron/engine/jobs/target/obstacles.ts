import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { listHome, type HomeMember } from '../../caldav/discovery/home.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import { TRASH_TOKEN } from '../../caldav/objects/trash-bin.ts';
import type { Connection } from '../../caldav/types.ts';
import { collectionPathKey, collectionUrl, parentUrl } from '../../caldav/url.ts';
import type { Progress } from '../../types.ts';
import type { Elsewhere, Obstacles, PlanInput, Trashed } from '../../plan/types.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { OPEN_DELETE } from '../../../../shared/words/trash-bin.ts';
import { givesBackSilently, takesUidOncePerUser, trashRule } from '../../scheduling/uid-rules.ts';
import type { OpenTarget } from './target.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

/** What was found, and what a person must know of the looking. */
interface ObstacleSearch extends Obstacles {
  readonly notes: readonly string[];
}

/** Objects of other calendars that are looked at for one plan at most. */
const MOST = 500_000;

/**
 * Looks for what would stand in the way of new events although the calendar itself does not hold them: the same UID in
 * another calendar of the user, where the server takes a UID once per user; a deleted event of the same UID, where the
 * server announces a trash bin. Asks nothing where no event is new, or the server needs no such look. What cannot be read
 * becomes a note: the server refuses what collides, so nothing is lost by not knowing.
 *
 * @throws what the signal says when it is stopped
 */
export async function lookForObstacles(
  target: OpenTarget,
  connection: Connection,
  uids: ReadonlySet<string>,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<ObstacleSearch> {
  if (uids.size === 0) return { notes: [] };
  const { evidence } = target.properties;
  const notes: string[] = [];
  const noting = async <T>(look: () => Promise<T>, words: string): Promise<T | undefined> => {
    try {
      return await look();
    } catch (error) {
      if (signal?.aborted === true || !(error instanceof HushError)) throw error;
      notes.push(`${words} ${toFailure(error).message}`);
      return undefined;
    }
  };
  const elsewhere = takesUidOncePerUser(evidence)
    ? await noting(() => inOtherCalendars(target, connection, uids, notes, progress, signal), UNSEEN_CALENDARS)
    : undefined;
  const hasTrash = evidence.davTokens.has(TRASH_TOKEN) && target.missing === null;
  const trash = hasTrash ? await noting(() => inTrash(target, uids, progress, signal), UNSEEN_TRASH) : undefined;
  return { elsewhere, trash, notes };
}

/** The input of a plan with what was found. */
export function withObstacles<T extends PlanInput>(input: T, { elsewhere, trash, notes }: ObstacleSearch): T {
  const going = trash?.rule === 'drops' || trash?.rule === 'purges' ? [goingWords(trash.objects.size, trash.rule)] : [];
  const open = trash === undefined ? [] : [OPEN_DELETE];
  return { ...input, elsewhere, trash, notes: [...(input.notes ?? []), ...notes, ...going, ...open] };
}

const UNSEEN_CALENDARS =
  'This server takes a UID only once per user, and what the other calendars hold could not be looked at: events that are ' +
  'there already will be refused one by one.';

const UNSEEN_TRASH =
  'This server keeps deleted events in a trash bin, which could not be looked at: events that lie there may be refused one ' +
  'by one, or remove the deleted ones for good.';

const UNSEEN_SHARE = `${UNSEEN_CALENDARS} This is the shared address of the calendar; log in for its owner to have them looked at.`;

function goingWords(count: number, rule: 'drops' | 'purges'): string {
  const what = count === 1 ? 'One deleted event lies' : `${formatNumber(count)} deleted events lie`;
  return `${what} in the trash bin of this calendar under the same UID as a new one. ${GOING[rule]}`;
}

const GOING = {
  drops: 'What is stored anew may remove the deleted one for good, so its text is saved with the run first.',
  purges:
    'The server would fail on what is stored anew, so the deleted one is taken out for good first: a row of its own for ' +
    'each, nobody is notified of that, its text is saved with the run, and an undo puts it into the trash bin again.',
} as const;

/** Which of the UIDs the other calendars of the same owner hold, the first one found for each. */
async function inOtherCalendars(
  { store, properties }: OpenTarget,
  connection: Connection,
  wanted: ReadonlySet<string>,
  notes: string[],
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Elsewhere>> {
  const found = new Map<string, Elsewhere>();
  const own = collectionUrl(store.url);
  const home = parentUrl(own);
  if (properties.shared === true || home === null) {
    notes.push(UNSEEN_SHARE);
    return found;
  }
  progress('listing', 0, null);
  const members = await listHome(home.url, connection, signal);
  let seen = 0;
  for (const member of othersOf(members, own.path)) {
    const other = openCalendar(member.url, connection);
    try {
      for await (const batch of other.uids(signal)) {
        for (const { href, uids } of batch) {
          for (const uid of uids)
            if (wanted.has(uid) && !found.has(uid)) found.set(uid, { href, calendar: member.name });
        }
        seen += batch.length;
        progress('listing', seen, null);
        if (found.size === wanted.size) return found;
        if (seen > MOST) {
          notes.push(`${UNSEEN_CALENDARS} They hold more than ${formatNumber(MOST)} entries.`);
          return found;
        }
      }
    } catch (error) {
      if (signal?.aborted === true || !(error instanceof HushError)) throw error;
      notes.push(`${UNSEEN_CALENDARS} Of "${member.name}": ${toFailure(error).message}`);
    } finally {
      await other.close();
    }
  }
  return found;
}

/** The calendars of a home but for one, without what belongs to somebody else. */
export function othersOf(members: readonly HomeMember[], path: string): readonly HomeMember[] {
  const isOwn = ({ url }: HomeMember): boolean => collectionPathKey(new URL(url).pathname) === collectionPathKey(path);
  const owner = members.find(isOwn)?.owner ?? null;
  return members.filter(
    (member) =>
      member.kind === 'calendar' &&
      !member.foreign &&
      !isOwn(member) &&
      (owner === null || member.owner === null || collectionPathKey(member.owner) === collectionPathKey(owner)),
  );
}

/** Which of the UIDs lie in the trash bin, the one that was deleted last for each, and what that means on this server. */
async function inTrash(
  { store, properties }: OpenTarget,
  wanted: ReadonlySet<string>,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<Obstacles['trash']> {
  progress('listing', 0, null);
  const objects = new Map<string, Trashed>();
  for (const { href, uids, deletedAt } of await store.trash.list(signal)) {
    for (const uid of uids) {
      const before = objects.get(uid);
      if (wanted.has(uid) && (before === undefined || (before.deletedAt ?? 0) < (deletedAt ?? 0))) {
        objects.set(uid, { href, deletedAt });
      }
    }
  }
  if (objects.size === 0) return undefined;
  const restores = givesBackSilently(properties.evidence);
  if (restores) await readMeanings(store.trash, objects, signal);
  return { objects, rule: trashRule(properties.evidence), restores };
}

/** Deleted events whose texts are read to see whether they mean what is wanted; those beyond are not compared. */
const MOST_READ = 2000;
/** Texts that are read at once. */
const AT_ONCE = 4;

/** What cannot be read is not compared: it stays where it lies unless a person chooses otherwise. */
async function readMeanings(
  trash: OpenTarget['store']['trash'],
  objects: Map<string, Trashed>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const queue = [...objects].slice(0, MOST_READ);
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [uid, object] = next;
      try {
        const text = (await trash.get(object.href, signal))?.bytes.toString('utf8');
        if (text !== undefined) objects.set(uid, { ...object, meaning: meaningOf(text) });
      } catch (error) {
        if (signal?.aborted === true || !(error instanceof HushError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
