import { readListed, type ReadObject } from '../../caldav/objects/read-listed.ts';
import type { CalendarStore, ETag, Unseen } from '../../caldav/types.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { needsText, type RuleSubject } from '../../plan/rules/rules.ts';
import { judge, type SearchRules } from '../../search/judge.ts';
import type { Owner } from '../../search/owner.ts';
import { withinBudget } from '../target/time-budget.ts';

/** One event of a place that the rules name, or an object about which they cannot be asked. */
export interface Looked {
  readonly href: string;
  readonly etag: ETag | null;
  /** Unfolded. */
  readonly text: string;
  /** The one that the rules name; null where nothing in the object could be read. */
  readonly summary: ResourceSummary | null;
  /** UIDs in the object: more than one, and it is no calendar object (RFC 4791 §4.1). */
  readonly uids: number;
  /** `open`: whether it is meant depends on what the whole search counts. */
  readonly verdict: 'yes' | 'open' | 'unreadable';
}

interface Reading {
  readonly looked: readonly Looked[];
  /** UIDs of all objects of this batch. */
  readonly uids: readonly string[];
  /** What is in the place and cannot be read. */
  readonly unseen: readonly Unseen[];
  /** Objects of this batch, objects so far, and how many there are. */
  readonly read: number;
  readonly done: number;
  readonly of: number;
}

/**
 * Reads a place in batches and says which objects the rules name. Only those are kept; what is gone meanwhile is not, and
 * what is there and cannot be read is named at the end.
 */
export async function* readPlace(
  store: CalendarStore,
  rules: SearchRules,
  owner: Owner,
  signal?: AbortSignal,
): AsyncGenerator<Reading> {
  const list = await store.list(signal);
  const withText = needsText(rules.rules);
  let done = 0;
  for await (const { objects, unread, asked } of readListed(store, list, signal)) {
    signal?.throwIfAborted();
    done += asked;
    const there = objects.map(readable);
    const uids = there.flatMap(({ summaries }) => [...new Set(summaries.map(({ uid }) => uid))]);
    const looked = lookAt(there, rules, owner, withText);
    yield { uids, looked, unseen: unread, read: asked, done, of: list.objects.length };
  }
  if (list.unseen.length > 0) {
    yield { uids: [], looked: [], unseen: list.unseen, read: 0, done, of: list.objects.length };
  }
}

interface Readable extends ReadObject {
  readonly summaries: readonly ResourceSummary[];
}

function readable({ href, etag, text }: ReadObject): Readable {
  return { href, etag, text: text.replace(/\r?\n[ \t]/g, ''), summaries: summarise(text) };
}

function lookAt(objects: readonly Readable[], rules: SearchRules, owner: Owner, withText: boolean): readonly Looked[] {
  const looked: Looked[] = [];
  const look = (): void => {
    looked.length = 0;
    for (const object of objects) {
      looked.push(...lookAtOne(object, rules, owner, withText));
    }
  };
  if (rules.expressions.length === 0) look();
  else withinBudget(look, rules.expressions);
  return looked;
}

/** An object has one event, as it must (RFC 4791 §4.1); where it has several, each that the rules name is named. */
function lookAtOne(
  { href, etag, text, summaries }: Readable,
  rules: SearchRules,
  { addresses, inside }: Owner,
  withText: boolean,
): readonly Looked[] {
  const uids = new Set(summaries.map(({ uid }) => uid)).size;
  if (uids === 0) return [{ href, etag, text, summary: null, uids, verdict: 'unreadable' }];
  const named = new Map<string, Looked>();
  for (const summary of summaries) {
    if (named.has(summary.uid)) continue;
    const subject: RuleSubject = { summary, text: withText ? text : '', own: addresses, inside };
    const verdict = judge(rules, subject);
    if (verdict !== 'no') named.set(summary.uid, { href, etag, text, summary, uids, verdict });
  }
  return [...named.values()];
}
