import type { Match, SearchResult } from '../../../shared/model/batch/cleanup.ts';
import type { MatchColumn, MatchOrder } from '../../../shared/model/found/list-order.ts';
import { sortByKey, startKey, type SortKey } from '../sorting.ts';
import { runYielding, type Work } from '../yielding.ts';
import { CLUSTER_KINDS, clusterBy, type Clustering, type ClusterKind } from './clusters.ts';
import type { SearchHit } from './found-event.ts';

/** Which events: by their ids, or whole clusters. */
export type Which = readonly number[] | { readonly by: ClusterKind; readonly keys: readonly string[] };

/** Which events are listed: those of all clusters of a kind, or of one, and in which order. */
export interface Listed {
  readonly by: ClusterKind;
  readonly key: string | null;
  readonly order: MatchOrder;
}

/** What a search came to: immutable but for what a person keeps. */
export class FoundEvents {
  #all: readonly SearchHit[];
  readonly #numbers: Pick<SearchResult, 'places' | 'searched' | 'events' | 'problems'>;
  #listed: { readonly key: string; readonly ids: Promise<readonly number[]> } | null = null;
  #clusterings: ReadonlyMap<ClusterKind, Clustering> | null = null;

  constructor(all: readonly SearchHit[], numbers: Pick<SearchResult, 'places' | 'searched' | 'events' | 'problems'>) {
    this.#all = all;
    this.#numbers = numbers;
  }

  get all(): readonly SearchHit[] {
    return this.#all;
  }

  result(): SearchResult {
    return {
      ...this.#numbers,
      matches: this.#all.length,
      own: this.#all.filter(({ match }) => match.own !== 'no').length,
      clusters: [...this.#by().values()].flatMap(({ clusters }) => clusters),
    };
  }

  /** One page of the events; they are put in order once, for as long as nobody asks for another order. */
  async page(
    which: Listed,
    offset: number,
    limit: number,
  ): Promise<{ readonly rows: readonly Match[]; readonly of: number }> {
    const key = JSON.stringify(which);
    if (this.#listed?.key !== key) this.#listed = { key, ids: runYielding(this.#list(which)) };
    const ids = await this.#listed.ids;
    return { rows: ids.slice(offset, offset + limit).flatMap((id) => this.#all[id]?.match ?? []), of: ids.length };
  }

  *#list({ by, key, order }: Listed): Work<readonly number[]> {
    const { sort, search, organizer } = order;
    const needle = search.trim().toLowerCase();
    const rows = this.#inCluster(by, key).filter(
      ({ match }) =>
        (organizer === null || match.organizer === organizer) && (needle === '' || haystack(match).includes(needle)),
    );
    const sorted =
      sort === null ? rows : yield* sortByKey(rows, ({ match }) => sortKey(match, sort.by), sort.descending);
    return sorted.map(({ match }) => match.id);
  }

  /** In the order of their clusters. `key`: those of one cluster only. */
  #inCluster(by: ClusterKind, key: string | null): readonly SearchHit[] {
    const clustering = this.#clustering(by);
    const ranks = new Map(clustering.clusters.map((cluster, rank) => [cluster.key, rank]));
    const rows = this.#all.filter((found) => key === null || clustering.keyOf(found) === key);
    if (key === null) {
      const rank = (found: SearchHit): number => ranks.get(clustering.keyOf(found)) ?? 0;
      rows.sort((one, other) => rank(one) - rank(other) || one.match.id - other.match.id);
    }
    return rows;
  }

  keep(which: Which, kept: boolean): void {
    const chosen = this.#chooser(which);
    this.#all = this.#all.map((found) => (chosen(found) ? { ...found, match: { ...found.match, kept } } : found));
    this.#clusterings = null;
    this.#listed = null;
  }

  #chooser(which: Which): (found: SearchHit) => boolean {
    if (!('by' in which)) {
      const ids = new Set(which);
      return ({ match }) => ids.has(match.id);
    }
    const { keyOf } = this.#clustering(which.by);
    const keys = new Set(which.keys);
    return (found) => keys.has(keyOf(found));
  }

  #clustering(by: ClusterKind): Clustering {
    return this.#by().get(by) ?? clusterBy(by, this.#all);
  }

  #by(): ReadonlyMap<ClusterKind, Clustering> {
    return (this.#clusterings ??= new Map(CLUSTER_KINDS.map((by) => [by, clusterBy(by, this.#all)])));
  }
}

function haystack({ title, uid, organizer, mailbox, calendar, start }: Match): string {
  return [title, uid, organizer ?? '', mailbox, calendar, start ?? ''].join('\n').toLowerCase();
}

function sortKey(match: Match, by: MatchColumn): SortKey {
  switch (by) {
    case 'when':
      return startKey(match);
    case 'title':
      return match.title === '' ? null : match.title;
    case 'organizer':
      return match.organizer;
    case 'mailbox':
      return match.mailbox;
    case 'calendar':
      return match.calendar;
    case 'guests':
      return match.guests;
  }
}
