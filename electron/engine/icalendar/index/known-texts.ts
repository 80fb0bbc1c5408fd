import { sameLines } from '../meaning/same-lines.ts';
import type { CalendarIndex, ResourceGlance, ResourceSummary } from '../types.ts';

/** The UID of the first component that has one, where it stands on one line; a fold or a group prefix is left alone. */
const UID = /\nUID:([^\r\n]*)\r?\n(?![ \t])/;

/**
 * Recognises texts of a calendar that are, line ends aside, octet for octet what would be sent: they need not be taken
 * apart to know what they mean. Which resource to compare with is a guess by the UID; the comparison is what counts.
 */
export class KnownTexts {
  readonly #index: CalendarIndex;
  /** Summaries of what was recognised: the plan asks for them again. */
  readonly #kept = new Map<number, ResourceSummary>();

  constructor(index: CalendarIndex) {
    this.#index = index;
  }

  /** The summary of the resource that has this text; null when there is none, and the text must be read. */
  async recognise(text: string): Promise<ResourceSummary | null> {
    const uid = UID.exec(text)?.[1];
    const ordinal = uid === undefined ? -1 : this.#index.ordinalOf(uid);
    if (ordinal < 0) return null;
    const summary = this.summary(ordinal);
    const ours = await this.#index.text(ordinal);
    if (!sameLines(ours.toString('utf8'), text)) return null;
    this.#kept.set(ordinal, summary);
    return summary;
  }

  summary(ordinal: number): ResourceSummary {
    return this.#kept.get(ordinal) ?? this.#index.summary(ordinal);
  }

  glance(ordinal: number): ResourceGlance {
    return this.#kept.get(ordinal) ?? this.#index.glance(ordinal);
  }
}
