import type { CalendarIndex, ResourceGlance, ResourceParts, ResourceSummary } from '../types.ts';

/**
 * An index that shows the resources of another one differently. What concerns neither texts nor ordinals is that of the
 * other, and closing it closes the other.
 */
export abstract class OverIndex implements CalendarIndex {
  protected readonly index: CalendarIndex;

  constructor(index: CalendarIndex) {
    this.index = index;
  }

  get size(): number {
    return this.index.size;
  }
  get bytes(): number {
    return this.index.bytes;
  }
  get files(): number {
    return this.index.files;
  }
  get components(): number {
    return this.index.components;
  }
  get duplicates(): number {
    return this.index.duplicates;
  }
  get rejected(): CalendarIndex['rejected'] {
    return this.index.rejected;
  }

  abstract summary(ordinal: number): ResourceSummary;
  abstract glance(ordinal: number): ResourceGlance;
  abstract fingerprint(ordinal: number): string;
  abstract parts(ordinal: number): ResourceParts;
  abstract text(ordinal: number): Promise<Buffer>;
  abstract ordinalOf(uid: string): number;

  loneUids(): ReadonlySet<string> {
    return this.index.loneUids();
  }

  rejectedText(index: number): Promise<string> {
    return this.index.rejectedText(index);
  }

  close(): Promise<void> {
    return this.index.close();
  }
}
