import { titlesOf, type Held } from './scene.ts';

/** What a calendar must hold when all was done: UID → title. */
type Wanted = Readonly<Record<string, string>>;

/**
 * What is not there as it must be, one sentence per UID.
 *
 * @param done UID → title when everything was done
 * @param kept what may not be touched, whatever the exit code: UID → titles that are right
 */
export function compare(
  held: Held,
  exit: number,
  done: Wanted,
  kept: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const titles = titlesOf(held);
  const wrong: string[] = [];
  for (const [uid, found] of titles) {
    if (found.length > 1) wrong.push(`${uid} is there ${found.length} times`);
    else if (done[uid] === undefined && kept[uid] === undefined) wrong.push(`${uid} should not be there`);
  }
  for (const [uid, right] of Object.entries(kept)) {
    const found = titles.get(uid)?.[0] ?? 'nothing';
    if (!right.includes(found)) wrong.push(`${uid} was lost or overwritten: ${found} instead of ${right.join(' or ')}`);
  }
  if (exit !== 0) return wrong;
  for (const [uid, title] of Object.entries(done)) {
    const found = titles.get(uid)?.[0] ?? 'nothing';
    if (found !== title) wrong.push(`exit 0, and ${uid} is ${found} instead of ${title}`);
  }
  for (const uid of titles.keys()) {
    if (done[uid] === undefined) wrong.push(`exit 0, and ${uid} is still there`);
  }
  return [...new Set(wrong)];
}

/** The same title for several UIDs. */
export function all<T>(uids: readonly string[], title: T): Readonly<Record<string, T>> {
  return Object.fromEntries(uids.map((uid) => [uid, title]));
}
