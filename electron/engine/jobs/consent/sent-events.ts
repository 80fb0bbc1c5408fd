import { withNewUid } from '../../icalendar/rewrites/copy-uid.ts';
import { KnownTexts } from '../../icalendar/index/known-texts.ts';
import type { CalendarIndex, ResourceSummary } from '../../icalendar/types.ts';
import type { PlanResources } from '../../plan/types.ts';
import type { Bodies } from '../start/material.ts';
import { Merges } from '../target/merges.ts';

/**
 * The events that a restore sends, beside what the calendar holds: the listing tells it each text of there, the plan asks
 * it for each event, and the run takes its texts.
 */
export class SentEvents {
  readonly index: CalendarIndex;
  readonly #known: KnownTexts;
  readonly #merges: Merges;
  readonly #kinds = new Set<string>();

  constructor(index: CalendarIndex) {
    this.index = index;
    this.#known = new KnownTexts(index);
    this.#merges = new Merges(index);
  }

  /** For a text of the calendar: the summary of the event that is the same, octet for octet; null when none is. */
  readonly recognise = (text: string): Promise<ResourceSummary | null> => this.#known.recognise(text);

  /** For a text of the calendar that is none of these. */
  readonly keep = (summary: ResourceSummary, text: string): void => {
    this.#merges.keep(summary, text);
  };

  get merge(): Merges['merge'] {
    return this.#merges.merge;
  }

  /** Kinds of components among the events that the plan has looked at. */
  get kinds(): ReadonlySet<string> {
    return this.#kinds;
  }

  /** As the plan sees them. */
  resources(): PlanResources {
    const { index } = this;
    return {
      size: index.size,
      fingerprint: (ordinal) => index.fingerprint(ordinal),
      summary: (ordinal) => this.#known.summary(ordinal),
      glance: (ordinal) => {
        const glance = this.#known.glance(ordinal);
        this.#kinds.add(glance.kind);
        return glance;
      },
    };
  }

  /** As the run sends them. */
  bodies(): Bodies {
    const { index } = this;
    return {
      text: async ({ ordinal, asCopy, merged, row }) => {
        if (ordinal === null) return null;
        if (merged === true) return this.#merges.text(ordinal);
        const text = await index.text(ordinal);
        return asCopy ? withNewUid(text, row.uid) : text;
      },
      async raw({ row }) {
        const rejected = row.id - index.size;
        return rejected < index.rejected.length ? index.rejectedText(rejected) : '';
      },
      close: () => index.close(),
    };
  }
}
