import { assemble } from '../../icalendar/index/calendar-text.ts';
import { mergeInstances, MERGE_INSTANCE } from '../../icalendar/rewrites/merge-instance.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { CalendarIndex, ResourceSummary } from '../../icalendar/types.ts';
import type { Merge, TargetObject } from '../../plan/types.ts';

/**
 * Puts changed instances and their series together, where one of them is in the backup and the other in the calendar:
 * otherwise one would take the place of the other. Texts of the calendar are kept only where that may be so.
 */
export class Merges {
  readonly #index: CalendarIndex;
  readonly #lone: ReadonlySet<string>;
  /** By UID, as the calendar was listed. */
  readonly #there = new Map<string, string>();
  readonly #made = new Map<number, { readonly merge: Merge; readonly text: string }>();

  constructor(index: CalendarIndex) {
    this.#index = index;
    this.#lone = index.loneUids();
  }

  readonly keep = (summary: ResourceSummary, text: string): void => {
    if (!summary.hasMaster || this.#lone.has(summary.uid)) this.#there.set(summary.uid, text);
  };

  readonly merge = (ordinal: number, { summary }: TargetObject): Merge => {
    const known = this.#made.get(ordinal)?.merge;
    if (known !== undefined) return known;
    const made = this.#merged(ordinal, summary.uid);
    this.#made.set(ordinal, made);
    return made.merge;
  };

  /** What is sent for a step that was merged. */
  text(ordinal: number): Buffer {
    const text = this.#made.get(ordinal)?.text ?? '';
    if (text === '') throw new Error(`nothing was merged for ${ordinal}`);
    return Buffer.from(text, 'utf8');
  }

  #merged(ordinal: number, uid: string): { readonly merge: Merge; readonly text: string } {
    const there = this.#there.get(uid);
    const { head, zones, components, line } = this.#index.parts(ordinal);
    const ours = assemble(head, [...zones.values()], components).toString('utf8');
    if (there === undefined) return { merge: NOT_READ, text: '' };
    const merged = mergeInstances(there, ours);
    if (!merged.fits) return { merge: merged, text: '' };
    const [summary, ...more] = summarise(merged.text);
    if (summary === undefined || more.length > 0) return { merge: NOT_READ, text: '' };
    const finding = { kind: 'repair', code: MERGE_INSTANCE, message: merged.message, line } as const;
    return { merge: { fits: true, summary, finding, age: merged.age }, text: merged.text };
  }
}

const NOT_READ: Merge = {
  fits: false,
  reason: 'The calendar holds another part of the same series, which would be lost; it is kept.',
};
