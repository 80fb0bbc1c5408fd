import type { Cluster, SearchResult } from '../../../shared/model/batch/cleanup.ts';
import { oneLine } from './plan-text.ts';
import { plural } from './words.ts';

/** Clusters of each kind that are listed. */
const LISTED = 10;

const HEADINGS: readonly (readonly [by: Cluster['by'], heading: string])[] = [
  ['organizer', 'By organizer'],
  ['link', 'By host of the link'],
  ['title', 'By title'],
  ['text', 'By text'],
];

/** What a search found, as a person reads it: the biggest clusters first. */
export function foundText({ events, matches, own, searched, places, clusters, problems }: SearchResult): string {
  const mine = own === 0 ? '' : `, ${own} of them organized or accepted by the owner of the calendar`;
  return [
    `Found       ${matches} of ${plural(events, 'event')} in ${searched} of ${plural(places, 'calendar')}${mine}`,
    ...problems.map(({ place, message }) => `Careful     ${oneLine(place)}: ${oneLine(message)}`),
    ...(matches === 0 ? [] : HEADINGS.flatMap(([by, heading]) => clusterText(by, heading, clusters))),
  ].join('\n');
}

function clusterText(by: Cluster['by'], heading: string, all: readonly Cluster[]): readonly string[] {
  const clusters = all.filter((cluster) => cluster.by === by);
  const more = clusters.length - LISTED;
  return [
    `${heading}:`,
    ...clusters.slice(0, LISTED).map((cluster) => `  ${rowOf(cluster)}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function rowOf({ label, matches, calendars, mailboxes, own, samples }: Cluster): string {
  const where = `${calendars} ${calendars === 1 ? 'calendar' : 'calendars'} of ${mailboxes}`;
  const mine = own === 0 ? '' : `, ${own} own`;
  const sample =
    samples[0] === undefined || oneLine(samples[0]) === '' ? '' : `, e.g. "${oneLine(samples[0]).slice(0, 60)}"`;
  return `${String(matches).padStart(6)}  ${oneLine(label).slice(0, 60)}  (${where} ${mailboxes === 1 ? 'user' : 'users'}${mine}${sample})`;
}
