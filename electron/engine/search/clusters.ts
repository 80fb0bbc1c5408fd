import type { Cluster } from '../../../shared/model/batch/cleanup.ts';
import type { SearchHit } from './found-event.ts';

export const CLUSTER_KINDS = ['organizer', 'link', 'title', 'text'] as const;
export type ClusterKind = (typeof CLUSTER_KINDS)[number];

/** Titles that stand for a cluster. */
const SAMPLES = 3;

/** Every event is in exactly one cluster of each kind. */
export interface Clustering {
  readonly by: ClusterKind;
  /** Biggest first. */
  readonly clusters: readonly Cluster[];
  readonly keyOf: (found: SearchHit) => string;
}

/** Groups what was found, so that one decision clears all copies of one thing. */
export function clusterBy(by: ClusterKind, all: readonly SearchHit[]): Clustering {
  const keyOf = by === 'link' ? byHost(all) : KEYS[by];
  const groups = new Map<string, Group>();
  for (const found of all) {
    const key = keyOf(found);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = newGroup(labelOf(by, key, found))));
    add(group, found);
  }
  const clusters = [...groups].map(([key, { label, matches, calendars, mailboxes, own, kept, samples }]) => ({
    key,
    by,
    label,
    matches,
    calendars: calendars.size,
    mailboxes: mailboxes.size,
    own,
    kept,
    samples: [...samples],
  }));
  clusters.sort((one, other) => other.matches - one.matches || (one.key < other.key ? -1 : 1));
  return { by, clusters, keyOf };
}

interface Group {
  readonly label: string;
  matches: number;
  own: number;
  kept: number;
  readonly calendars: Set<number>;
  readonly mailboxes: Set<string>;
  readonly samples: Set<string>;
}

function newGroup(label: string): Group {
  const sets = { calendars: new Set<number>(), mailboxes: new Set<string>(), samples: new Set<string>() };
  return { label, matches: 0, own: 0, kept: 0, ...sets };
}

function add(group: Group, { match }: SearchHit): void {
  group.matches += 1;
  if (match.own !== 'no') group.own += 1;
  if (match.kept) group.kept += 1;
  group.calendars.add(match.place);
  group.mailboxes.add(match.mailbox);
  if (group.samples.size < SAMPLES) group.samples.add(match.title);
}

const KEYS: Readonly<Record<Exclude<ClusterKind, 'link'>, (found: SearchHit) => string>> = {
  organizer: ({ match }) => match.organizer ?? '',
  title: ({ shape }) => shape,
  text: ({ textKey }) => textKey,
};

/** Of several hosts in one event the one that most events have counts: the others are often decoration. */
function byHost(all: readonly SearchHit[]): (found: SearchHit) => string {
  const counts = new Map<string, number>();
  for (const { match } of all) for (const host of match.linkHosts) counts.set(host, (counts.get(host) ?? 0) + 1);
  return ({ match }) => {
    let best = '';
    for (const host of match.linkHosts) {
      const [count, bestCount] = [counts.get(host) ?? 0, counts.get(best) ?? 0];
      if (count > bestCount || (count === bestCount && host < best)) best = host;
    }
    return best;
  };
}

function labelOf(by: ClusterKind, key: string, { words }: SearchHit): string {
  if (by === 'text') return words === '' ? 'No text' : words;
  if (key !== '') return key;
  return { organizer: 'No organizer', link: 'No link', title: 'No title' }[by];
}
