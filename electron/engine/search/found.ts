import type { Match, SearchResult } from '../../../shared/model/cleanup.ts';
import { CLUSTER_KINDS, clusterBy, type Clustering, type ClusterKind } from './clusters.ts';
import type { SearchHit } from './found-event.ts';

/** Which events: by their ids, or whole clusters. */
export type Which = readonly number[] | { readonly by: ClusterKind; readonly keys: readonly string[] };

/** What a search came to: immutable but for what a person keeps. */
export class FoundEvents {
  #all: readonly SearchHit[];
  readonly #numbers: Pick<SearchResult, 'places' | 'searched' | 'events' | 'problems'>;
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

  /** One page of the events, in the order of their clusters. `key`: those of one cluster only. */
  page(
    by: ClusterKind,
    key: string | null,
    offset: number,
    limit: number,
  ): { readonly rows: readonly Match[]; readonly of: number } {
    const clustering = this.#clustering(by);
    const ranks = new Map(clustering.clusters.map((cluster, rank) => [cluster.key, rank]));
    const rows = this.#all.filter((found) => key === null || clustering.keyOf(found) === key);
    if (key === null) {
      const rank = (found: SearchHit): number => ranks.get(clustering.keyOf(found)) ?? 0;
      rows.sort((one, other) => rank(one) - rank(other) || one.match.id - other.match.id);
    }
    return { rows: rows.slice(offset, offset + limit).map(({ match }) => match), of: rows.length };
  }

  keep(which: Which, kept: boolean): void {
    const chosen = this.#chooser(which);
    this.#all = this.#all.map((found) => (chosen(found) ? { ...found, match: { ...found.match, kept } } : found));
    this.#clusterings = null;
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
