import { create } from 'zustand';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { JOB_KINDS, type JobKind } from '../../../shared/model/job.ts';
import type { RunEntry } from '../../../shared/model/kept/report.ts';

/** One line of History: a run, or a job over many calendars with the runs of its calendars. */
export type ListEntry =
  | { readonly kind: 'run'; readonly id: string; readonly at: string; readonly run: RunEntry }
  | {
      readonly kind: 'batch';
      readonly id: string;
      readonly at: string;
      readonly batch: BatchEntry;
      readonly runs: readonly RunEntry[];
    };

export const STATES = ['complete', 'attention', 'open', 'running', 'undone'] as const;
export type ListState = (typeof STATES)[number];

/** What is looked for; an empty text asks for nothing. */
interface HistoryFilter {
  readonly search: string;
  readonly user: string;
  readonly server: string;
  readonly kind: JobKind | '';
  readonly ticket: string;
  readonly state: ListState | '';
}

const EVERYTHING: HistoryFilter = { search: '', user: '', server: '', kind: '', ticket: '', state: '' };

interface FilterState {
  readonly filter: HistoryFilter;
  readonly look: (part: Partial<HistoryFilter>) => void;
  readonly showAll: () => void;
}

export const useHistoryFilter = create<FilterState>()((set, get) => ({
  filter: EVERYTHING,
  look(part) {
    set({ filter: { ...get().filter, ...part } });
  },
  showAll() {
    set({ filter: EVERYTHING });
  },
}));

/** Runs and batches together, newest first; the runs of a batch stand under it and not beside it. */
export function sortEntries(runs: readonly RunEntry[], batches: readonly BatchEntry[]): readonly ListEntry[] {
  const known = new Set(batches.map(({ batchId }) => batchId));
  const children = new Map<string, RunEntry[]>();
  for (const run of runs) {
    if (run.batch !== undefined) children.set(run.batch, [...(children.get(run.batch) ?? []), run]);
  }
  const entries: ListEntry[] = [
    ...runs
      .filter((run) => run.batch === undefined || !known.has(run.batch))
      .map((run) => ({ kind: 'run' as const, id: run.runId, at: run.startedAt, run })),
    ...batches.map((batch) => ({
      kind: 'batch' as const,
      id: batch.batchId,
      at: batch.startedAt,
      batch,
      runs: children.get(batch.batchId) ?? [],
    })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
}

/** The runs of a line: itself, or those of its calendars. */
function runsOf(entry: ListEntry): readonly RunEntry[] {
  return entry.kind === 'run' ? [entry.run] : entry.runs;
}

function whole(entry: ListEntry): RunEntry | BatchEntry {
  return entry.kind === 'run' ? entry.run : entry.batch;
}

function kindOf(entry: ListEntry): JobKind {
  return entry.kind === 'run' ? entry.run.job : entry.batch.kind;
}

/** It stopped before its end and goes on when somebody resumes it. */
export function isOpen(entry: ListEntry): boolean {
  if (entry.kind === 'batch') return entry.batch.canResume && !entry.batch.running;
  const { status, running, leftOver } = entry.run;
  return !running && (status === 'stopped' || status === 'interrupted' || leftOver !== undefined);
}

export function stateOf(entry: ListEntry): ListState {
  const { running, undone, status } = whole(entry);
  if (running) return 'running';
  if (isOpen(entry)) return 'open';
  if (undone !== undefined) return 'undone';
  return status === 'complete' ? 'complete' : 'attention';
}

/** People that a line is about: who logged in, and for whom. */
function usersOf(entry: ListEntry): readonly string[] {
  return runsOf(entry).flatMap(({ user, behalf }) => [user, ...(behalf === undefined ? [] : [behalf.user])]);
}

/** Octets on the disk, with those of its runs. */
export function sizeOf(entry: ListEntry): number {
  const own = entry.kind === 'batch' ? (entry.batch.size ?? 0) : 0;
  return runsOf(entry).reduce((sum, { size = 0 }) => sum + size, own);
}

/** Whether a line is shown. Each word of the search must be found somewhere in it. `names`: host → shown name. */
export function matchesFilter(
  entry: ListEntry,
  filter: HistoryFilter,
  title: string,
  nameOf: (host: string) => string,
): boolean {
  const { user, server, kind, ticket, state } = filter;
  if (kind !== '' && kindOf(entry) !== kind) return false;
  if (state !== '' && stateOf(entry) !== state) return false;
  if (ticket !== '' && whole(entry).ticket !== ticket) return false;
  if (server !== '' && !runsOf(entry).some((run) => run.server === server)) return false;
  if (user !== '' && !usersOf(entry).includes(user)) return false;
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const note = whole(entry);
  const text = [
    title,
    note.ticket ?? '',
    note.note ?? '',
    entry.id,
    ...usersOf(entry),
    ...runsOf(entry).flatMap((run) => [run.calendar, run.server, nameOf(run.server), ...run.sources]),
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What each filter offers: only what is in the list. */
interface FilterChoices {
  readonly users: readonly string[];
  readonly servers: readonly string[];
  readonly kinds: readonly JobKind[];
  readonly tickets: readonly string[];
  readonly states: readonly ListState[];
}

export function choicesIn(entries: readonly ListEntry[]): FilterChoices {
  const kinds = new Set(entries.map(kindOf));
  const states = new Set(entries.map(stateOf));
  return {
    users: sorted(entries.flatMap(usersOf)),
    servers: sorted(entries.flatMap((entry) => runsOf(entry).map(({ server }) => server))),
    kinds: JOB_KINDS.filter((kind) => kinds.has(kind)),
    tickets: sorted(entries.flatMap((entry) => whole(entry).ticket ?? [])),
    states: STATES.filter((state) => states.has(state)),
  };
}

function sorted(values: readonly string[]): readonly string[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  return [...new Set(values)].sort((a, b) => order.compare(a, b));
}

/** What ended before a moment, and is neither running nor waiting to be resumed. */
export function endedBefore(entries: readonly ListEntry[], moment: Date): readonly ListEntry[] {
  return entries.filter((entry) => {
    const { endedAt, startedAt, running } = whole(entry);
    return !running && !isOpen(entry) && new Date(endedAt ?? startedAt) < moment;
  });
}
