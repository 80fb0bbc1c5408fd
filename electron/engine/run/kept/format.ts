import { runOfVersion } from './kept.ts';

/** How the folders of runs and batches are kept. What a newer version keeps in another way is named, never half read. */
export const FORMAT = 3;

type Json = Readonly<Record<string, unknown>>;

/**
 * A head of any format up to this one, in this one: from each format to the next. Its file stays as it was written, for
 * the checksum is over that.
 *
 * @param value parsed JSON
 * @throws HushError `RUN_VERSION` where the format is none of these
 */
export function headFrom(value: unknown, path: string): unknown {
  if (!isRecord(value)) return value;
  // Folders of the first format do not say it.
  const { formatVersion = 1 } = value;
  if (formatVersion === 1) return headFrom({ ...from1(value), formatVersion: 2 }, path);
  if (formatVersion === 2) return headFrom({ ...from2(value), formatVersion: 3 }, path);
  if (formatVersion !== FORMAT) throw runOfVersion(path, formatVersion);
  return value;
}

/** A line of a plan of any format up to this one, in this one. A line does not say its format: its words do. */
export function planLineFrom(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value['row'])) return value;
  const row = withPast(value['row']);
  return row === value['row'] ? value : { ...value, row };
}

/** A line of a plan or a journal of format 1, in the words of format 2. */
export function lineFrom1(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lineFrom1);
  return isRecord(value) ? from1(value) : value;
}

/** Keys of format 1 → those of format 2. */
const KEYS: Readonly<Record<string, string>> = { told: 'notified', rung: 'assurance' };

/** Words of `rung` → those of `assurance`. */
const ASSURANCES: Readonly<Record<string, string>> = { 'known-server': 'known', 'no-scheduling': 'noScheduling' };

/** What format 1 said, in the words of format 2. Its files have no checksums; what is in them is otherwise the same. */
function from1(head: Json): Json {
  const entries = Object.entries(head).map(([key, inner]): readonly [string, unknown] => {
    if (key === 'rung' && typeof inner === 'string') return ['assurance', ASSURANCES[inner] ?? inner];
    return [KEYS[key] ?? key, lineFrom1(inner)];
  });
  return Object.fromEntries(entries);
}

/** What format 2 said, in the words of format 3: of a run what is in the past, of a batch the states of its calendars. */
function from2(head: Json): Json {
  const { summary, members } = head;
  return {
    ...head,
    ...(isRecord(summary) ? { summary: withPast(summary) } : {}),
    ...(Array.isArray(members) ? { members: members.map(plannedFrom2) } : {}),
  };
}

/** `over` of format 2, for a row or a number of them. */
function withPast(value: Json): Json {
  if (!('over' in value)) return value;
  const { over, ...rest } = value;
  return { ...rest, past: over };
}

function plannedFrom2(planned: unknown): unknown {
  if (!isRecord(planned) || !isRecord(planned['member'])) return planned;
  const { member } = planned;
  return member['state'] === 'needs-you' ? { ...planned, member: { ...member, state: 'needs-attention' } } : planned;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
