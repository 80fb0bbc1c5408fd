import { SUPERSEDED, type Inspection } from '../../../../shared/model/found/inspection.ts';
import { Turn } from '../../yielding.ts';
import type { CalendarIndex, ResourceGlance } from '../types.ts';

/** Findings that are listed one by one; all of them are counted. */
const LISTED = 2000;

interface InspectOptions {
  /** What counts as now for "is past". */
  readonly nowMs: number;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, of: number) => void;
  /** Sees every resource on the way: reading them once more would take as long again. */
  readonly each?: (glance: ResourceGlance) => void;
}

/** Adds up everything about an index except who would be told. Walks over the resources without keeping them. */
export async function inspectIndex(
  index: CalendarIndex,
  options: InspectOptions,
): Promise<Omit<Inspection, 'notified'>> {
  const byKind: Record<string, number> = {};
  const findingCounts: Record<string, number> = {};
  const findings: Inspection['findings'][number][] = [];
  const totals = { recurring: 0, withGuests: 0, past: 0 };
  let from: { text: string; ms: number } | null = null;
  let to: { text: string; ms: number } | null = null;
  const turn = new Turn();
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    if (turn.due) {
      await turn.take();
      options.signal?.throwIfAborted();
      options.progress?.(ordinal, index.size);
    }
    const one = index.glance(ordinal);
    options.each?.(one);
    byKind[one.kind] = (byKind[one.kind] ?? 0) + 1;
    if (one.recurring) totals.recurring += 1;
    if (one.attendees.length > 0) totals.withGuests += 1;
    if (one.endsMs !== null && one.endsMs < options.nowMs) totals.past += 1;
    if (one.start !== null) {
      if (from === null || one.start.ms < from.ms) from = one.start;
      if (to === null || one.start.ms > to.ms) to = one.start;
    }
    for (const finding of one.findings) {
      findingCounts[finding.code] = (findingCounts[finding.code] ?? 0) + 1;
      if (findings.length < LISTED) findings.push({ file: one.file, line: one.line, uid: one.uid, finding });
    }
  }
  return {
    files: index.files,
    bytes: index.bytes,
    components: index.components,
    resources: index.size,
    duplicates: index.duplicates,
    byKind,
    ...totals,
    from: from?.text ?? null,
    to: to?.text ?? null,
    rejected: index.rejected.filter(({ code }) => code !== SUPERSEDED),
    superseded: index.rejected.filter(({ code }) => code === SUPERSEDED),
    findings,
    findingCounts,
  };
}
