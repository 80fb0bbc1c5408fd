/** How the folders of runs and batches are kept. What a newer version keeps in another way is named, never half read. */
export const FORMAT = 2;

/** The format of a head; folders of the first one do not say it. */
export function formatOf(head: unknown): unknown {
  return isRecord(head) && 'formatVersion' in head ? head['formatVersion'] : 1;
}

/** Keys of format 1 → today's. */
const KEYS: Readonly<Record<string, string>> = { told: 'notified', rung: 'assurance' };

/** Words of `rung` → those of `assurance`. */
const ASSURANCES: Readonly<Record<string, string>> = { 'known-server': 'known', 'no-scheduling': 'noScheduling' };

/**
 * What format 1 said, in today's words. Its files have no checksums; what is in them is otherwise the same.
 *
 * @param value parsed JSON: a head, a line of a plan or a journal
 */
export function fromFormat1(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromFormat1);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): readonly [string, unknown] => {
    if (key === 'rung' && typeof inner === 'string') return ['assurance', ASSURANCES[inner] ?? inner];
    return [KEYS[key] ?? key, fromFormat1(inner)];
  });
  return Object.fromEntries(entries);
}

/** A head of any format up to this one, in this one. */
export function headFrom(value: unknown): unknown {
  if (formatOf(value) !== 1 || !isRecord(value)) return value;
  const converted = fromFormat1(value);
  return isRecord(converted) ? { ...converted, formatVersion: FORMAT } : converted;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
