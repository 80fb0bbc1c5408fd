import type { CleanupSpec, Match, SearchResult } from '../../../../shared/model/batch/cleanup.ts';
import type { Connect } from '../../batch/types.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import type { EventCard } from '../../../../shared/model/found/event-card.ts';
import { LONGEST_RAW } from '../../../../shared/model/found/event-card.ts';
import { eventCard } from '../../icalendar/summary/event-card.ts';
import type { Listed, Which } from '../../search/found.ts';
import { searchPlaces, type SearchOptions, type SearchSpec } from './search.ts';

/** What was found, and what a person made of it. Holds facts only; texts are read again when asked for. */
export interface SearchSession {
  result(): SearchResult;
  /** One page of the events in the order of their clusters; `key`: those of one cluster. */
  matches(
    which: Listed,
    offset: number,
    limit: number,
  ): Promise<{ readonly rows: readonly Match[]; readonly of: number }>;
  keep(which: Which, keep: boolean): SearchResult;
  /** What one event says, and its text as it stands; nothing in it is rendered or fetched. Null when it is gone. */
  preview(id: number): Promise<{ readonly card: EventCard | null; readonly text: string } | null>;
  /** The clean-up of what was found and is not kept: only the places where there is something to do. */
  spec(order: CleanupOrder): CleanupSpec;
}

type CleanupOrder = Pick<CleanupSpec, 'mode' | 'includeOwn' | 'maxShare' | 'assume' | 'limits'>;

/** Searches many places; see searchPlaces. */
export async function search(spec: SearchSpec, connect: Connect, options?: SearchOptions): Promise<SearchSession> {
  const { found, crowd } = await searchPlaces(spec, connect, options);
  return {
    result: () => found.result(),
    matches: (which, offset, limit) => found.page(which, offset, limit),
    keep(which, keep) {
      found.keep(which, keep);
      return found.result();
    },
    async preview(id) {
      const match = found.all[id]?.match;
      const place = match === undefined ? undefined : spec.places[match.place];
      if (match === undefined || place === undefined) return null;
      const connection = connect({ ...place.login, url: place.url });
      const store = openCalendar(place.url, connection, place.inbox ? { kind: 'inbox' } : {});
      try {
        const there = await store.get(match.href);
        if (there === null) return null;
        const text = there.bytes.toString('utf8');
        return { card: eventCard(text), text: text.slice(0, LONGEST_RAW) };
      } finally {
        await store.close();
      }
    },
    spec(order) {
      const matches = found.all.map(({ match }) => match);
      const used = [...new Set(matches.flatMap(({ kept, place }) => (kept ? [] : [place])))].sort((a, b) => a - b);
      const places = used.flatMap((id) => spec.places[id] ?? []);
      const keep = matches.flatMap(({ kept, place, uid }) => {
        const now = used.indexOf(place);
        return kept && now >= 0 ? [{ place: now, uid }] : [];
      });
      const { rules, any, aliases, insideDomains } = spec;
      return {
        places,
        rules,
        any,
        keep,
        crowd,
        ...order,
        ...(aliases === undefined ? {} : { aliases }),
        ...(insideDomains === undefined ? {} : { insideDomains }),
      };
    },
  };
}
