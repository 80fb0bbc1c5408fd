import { NOT_IN_BACKUP, type Rejection } from '../../../../shared/model/found/inspection.ts';
import { OverIndex } from '../../icalendar/index/over-index.ts';
import type { CalendarIndex, ResourceGlance, ResourceParts, ResourceSummary } from '../../icalendar/types.ts';

/** Chosen resources of an index, under names of files that mean something to a person. Closing it closes the index. */
export class IndexView extends OverIndex {
  readonly #ordinals: readonly number[];
  readonly #nameOf: (file: string) => string;
  readonly #rejected: readonly Rejection[];
  /** Where each chosen resource stands in this view. */
  #places: ReadonlyMap<number, number> | null = null;

  /** @param withRejected whether what could not be read belongs to this view */
  constructor(
    index: CalendarIndex,
    ordinals: readonly number[],
    nameOf: (file: string) => string,
    withRejected: boolean,
  ) {
    super(index);
    this.#ordinals = ordinals;
    this.#nameOf = nameOf;
    // What the backup lacks is counted with the calendar, where it was pulled or taken out.
    const rejected = withRejected ? index.rejected.filter(({ code }) => code !== NOT_IN_BACKUP) : [];
    this.#rejected = rejected.map((one) => ({ ...one, file: nameOf(one.file) }));
  }

  override get size(): number {
    return this.#ordinals.length;
  }
  override get rejected(): readonly Rejection[] {
    return this.#rejected;
  }

  summary(ordinal: number): ResourceSummary {
    const summary = this.index.summary(this.#at(ordinal));
    return { ...summary, file: this.#nameOf(summary.file) };
  }

  glance(ordinal: number): ResourceGlance {
    const glance = this.index.glance(this.#at(ordinal));
    return { ...glance, file: this.#nameOf(glance.file) };
  }

  fingerprint(ordinal: number): string {
    return this.index.fingerprint(this.#at(ordinal));
  }

  ordinalOf(uid: string): number {
    this.#places ??= new Map(this.#ordinals.map((ordinal, at) => [ordinal, at]));
    return this.#places.get(this.index.ordinalOf(uid)) ?? -1;
  }

  parts(ordinal: number): ResourceParts {
    return this.index.parts(this.#at(ordinal));
  }

  text(ordinal: number): Promise<Buffer> {
    return this.index.text(this.#at(ordinal));
  }

  #at(ordinal: number): number {
    const found = this.#ordinals[ordinal];
    if (found === undefined) throw new RangeError(`no resource ${ordinal}`);
    return found;
  }
}
