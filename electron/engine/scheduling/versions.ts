/** Releases of a product: from one version on, up to but not including another. */
export interface VersionRange {
  readonly from: string;
  /** Open above when left out. */
  readonly before?: string;
}

/** Whether a version lies in one of the ranges. One that is not told lies in none. */
export function isWithin(version: string | null, ranges: readonly VersionRange[]): boolean {
  if (version === null) return false;
  return ranges.some(
    ({ from, before }) =>
      compareVersions(version, from) >= 0 && (before === undefined || compareVersions(version, before) < 0),
  );
}

/** By numbers, part by part; what follows the numbers counts for nothing. Negative, zero or positive. */
function compareVersions(one: string, other: string): number {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
