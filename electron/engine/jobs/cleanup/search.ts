import type { CleanupSpec, Crowd, Match, SearchPlace, SearchResult } from '../../../../shared/model/batch/cleanup.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { Budgets } from '../../batch/pace/budgets.ts';
import type { Connect } from '../../batch/types.ts';
import type { Unseen } from '../../caldav/types.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import { CopyCounter, countsOf } from '../../search/copy-counts.ts';
import { factsOf, type Facts } from '../../search/facts.ts';
import { FoundEvents } from '../../search/found.ts';
import type { SearchHit } from '../../search/found-event.ts';
import { judgeCounts, readRules, type SearchRules } from '../../search/judge.ts';
import { ownerAt, type PeopleSpec } from './place.ts';
import { readPlace } from './read-place.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

/** Places that are searched at the same time. */
const AT_ONCE = 4;

export interface SearchSpec extends PeopleSpec, Pick<CleanupSpec, 'places' | 'rules' | 'any'> {}

interface SearchProgress {
  readonly searched: number;
  readonly places: number;
  readonly events: number;
  readonly matches: number;
  /** Where it searches now. */
  readonly now: string;
}

export interface SearchOptions {
  readonly progress?: (progress: SearchProgress) => void;
  /** Ends the search; what was found so far is the result. */
  readonly signal?: AbortSignal;
  /** Awaited before each request for events: a pause holds it. */
  readonly gate?: () => Promise<void>;
}

/** What a search over many places gives. */
interface Searched {
  readonly found: FoundEvents;
  /** What the rules about the crowd are held against. */
  readonly crowd: Crowd;
}

/**
 * Looks through many places, a few at a time. Of each event that is meant only facts are kept, never its text. A place
 * that cannot be searched is named in the result and costs no other.
 *
 * @throws HushError for rules that are none
 */
export async function searchPlaces(spec: SearchSpec, connect: Connect, options: SearchOptions = {}): Promise<Searched> {
  const rules = readRules(spec);
  const search = new Search(spec, rules, new Budgets().within(connect), options);
  const next = spec.places.entries();
  const worker = async (): Promise<void> => {
    for (const [id, place] of next) {
      if (options.signal?.aborted === true) return;
      await search.look(id, place);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, spec.places.length) }, worker));
  return search.end();
}

interface Candidate extends SearchHit {
  readonly open: boolean;
}

class Search {
  readonly #spec: SearchSpec;
  readonly #rules: SearchRules;
  readonly #connect: Connect;
  readonly #options: SearchOptions;
  readonly #candidates: Candidate[] = [];
  readonly #count = new CopyCounter();
  readonly #problems: SearchResult['problems'][number][] = [];
  #searched = 0;
  #events = 0;

  constructor(spec: SearchSpec, rules: SearchRules, connect: Connect, options: SearchOptions) {
    this.#spec = spec;
    this.#rules = rules;
    this.#connect = connect;
    this.#options = options;
  }

  async look(id: number, place: SearchPlace): Promise<void> {
    const { signal } = this.#options;
    this.#say(place);
    try {
      await this.#read(id, place);
      this.#searched += 1;
    } catch (error) {
      if (signal?.aborted === true) return;
      this.#problems.push({ place: nameOf(place), message: toFailure(error).message });
    }
    this.#say(place);
  }

  async #read(id: number, place: SearchPlace): Promise<void> {
    const { signal, gate } = this.#options;
    const connection = this.#connect({ ...place.login, url: place.url });
    const store = openCalendar(place.url, connection, place.inbox ? { kind: 'inbox' } : {});
    try {
      await gate?.();
      const owner = ownerAt(place, await store.properties(signal), this.#spec);
      let unreadable = 0;
      const notSeen: Unseen[] = [];
      for await (const { looked, unseen, read } of readPlace(store, this.#rules, owner, signal)) {
        this.#events += read;
        notSeen.push(...unseen);
        for (const { summary, href, text, verdict } of looked) {
          if (summary === null) unreadable += 1;
          else this.#keep(id, place, factsOf(summary, href, text, owner), verdict === 'open');
        }
        this.#say(place);
        await gate?.();
      }
      if (notSeen.length > 0) this.#problems.push({ place: nameOf(place), message: unseenWords(notSeen) });
      if (unreadable > 0) this.#problems.push({ place: nameOf(place), message: unreadableWords(unreadable) });
    } finally {
      await store.close();
    }
  }

  #keep(id: number, place: SearchPlace, facts: Facts, open: boolean): void {
    const { shape, textKey, words, ...shown } = facts;
    const match: Match = {
      ...shown,
      id: this.#candidates.length,
      place: id,
      mailbox: place.mailbox,
      calendar: place.name,
      kept: false,
    };
    this.#candidates.push({ match, shape, textKey, words, open });
    if (this.#rules.crowd.length > 0) {
      this.#count.add({ textKey, organizer: facts.organizer, mailbox: place.mailbox, place: id });
    }
  }

  end(): Searched {
    const crowd = this.#count.total();
    const meant = this.#candidates.filter((one) => !one.open || this.#isMeant(one, crowd));
    const all = meant.map(({ match, shape, textKey, words }, id) => ({
      match: { ...match, id },
      shape,
      textKey,
      words,
    }));
    const numbers = {
      places: this.#spec.places.length,
      searched: this.#searched,
      events: this.#events,
      problems: this.#problems,
    };
    return { found: new FoundEvents(all, numbers), crowd };
  }

  #isMeant({ textKey, match: { organizer } }: Candidate, crowd: Crowd): boolean {
    return judgeCounts(this.#rules, countsOf(crowd, { textKey, organizer }));
  }

  #say(place: SearchPlace): void {
    this.#options.progress?.({
      searched: this.#searched,
      places: this.#spec.places.length,
      events: this.#events,
      matches: this.#candidates.length,
      now: nameOf(place),
    });
  }
}

function nameOf({ mailbox, name }: SearchPlace): string {
  return `${mailbox}, "${name}"`;
}

/** Objects that are named one by one. */
const NAMED = 5;

function unseenWords(unseen: readonly Unseen[]): string {
  const named = unseen.slice(0, NAMED).map(({ href, reason }) => `${href} (${reason})`);
  const more = unseen.length > NAMED ? ` and ${formatNumber(unseen.length - NAMED)} more` : '';
  return `${formatNumber(unseen.length)} of its objects could not be seen, so no rule can be held against them: ${named.join(', ')}${more}.`;
}

function unreadableWords(count: number): string {
  return count === 1
    ? 'One object in it cannot be read, so no rule can be held against it.'
    : `${formatNumber(count)} objects in it cannot be read, so no rule can be held against them.`;
}
