import { formatNumber } from './format.ts';
/** What a person must know wherever a trash bin is shown (Nextcloud, run against 34.0.1). */
export const OPEN_DELETE =
  'Do not delete a meeting from the trash bin by another CalDAV program: the server would cancel it for all guests once more.';

/** What a plan does with the trash bin, each part where there is something of it. */
export function binParts({
  remove,
  restore,
  refill,
}: {
  readonly remove: number;
  readonly restore: number;
  readonly refill: number;
}): readonly string[] {
  return [
    ...(remove === 0 ? [] : [`${formatNumber(remove)} taken out for good`]),
    ...(restore === 0 ? [] : [`${formatNumber(restore)} restored`]),
    ...(refill === 0 ? [] : [`${formatNumber(refill)} put in again`]),
  ];
}
