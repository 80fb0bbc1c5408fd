import type { Rewrites } from '../../../../shared/model/job.ts';
import { assemble, assembledBytes } from '../index/calendar-text.ts';
import { fingerprintOf } from '../meaning/meaning.ts';
import { OverIndex } from '../index/over-index.ts';
import { glanceOf, summaryOf, type ResourceLines } from '../summary/summary.ts';
import type { CalendarIndex, ResourceGlance, ResourceParts, ResourceSummary } from '../types.ts';
import { offsetsWith } from '../zones/zone-offset.ts';
import { brokenLines } from './broken-lines.ts';
import { cancelled } from './cancelled.ts';
import { clientAgent } from './client-agent.ts';
import { domains } from './domains.ts';
import { emailAlarms } from './email-alarms.ts';
import type { Rewrite } from './rewrite.ts';

/** What a person consented to. `clientAgent` says whose addresses are those of the calendar's owner. */
export interface AskedRewrites {
  readonly rewrites?: Rewrites | undefined;
  readonly clientAgent?: ((address: string) => boolean) | undefined;
  /** The same; where nobody knows them, every address may be the owner's. */
  readonly isOwn?: ((address: string) => boolean) | undefined;
}

/**
 * The same index with consented changes of the events: its summaries, meanings and texts are those of what will be sent,
 * and each change is a repair among the findings. Where nothing is asked for it is the index itself. Closing it closes
 * the index.
 */
export function rewritten(index: CalendarIndex, asked: AskedRewrites): CalendarIndex {
  const all = chosen(asked);
  return all.length === 0 ? index : new RewrittenIndex(index, (parts) => all.reduce((now, one) => one(now), parts));
}

/** Domains before the owner is looked for: the owner's addresses are those of the new server. */
function chosen({ rewrites = {}, clientAgent: mayTell, isOwn = () => true }: AskedRewrites): readonly Rewrite[] {
  return [
    ...(rewrites.brokenLines === true ? [brokenLines] : []),
    ...(rewrites.emailAlarms === true ? [emailAlarms] : []),
    ...(rewrites.domains === undefined || rewrites.domains.length === 0 ? [] : [domains(rewrites.domains)]),
    ...(rewrites.cancellations === true ? [cancelled(isOwn)] : []),
    ...(mayTell === undefined ? [] : [clientAgent(mayTell)]),
  ];
}

class RewrittenIndex extends OverIndex {
  readonly #rewrite: Rewrite;
  /** The last resource: its summary, its meaning and its text are asked for one after the other. */
  #last: { readonly ordinal: number; readonly changed: ResourceParts | null } | null = null;

  constructor(index: CalendarIndex, rewrite: Rewrite) {
    super(index);
    this.#rewrite = rewrite;
  }

  summary(ordinal: number): ResourceSummary {
    const changed = this.#changed(ordinal);
    return changed === null ? this.index.summary(ordinal) : summaryOf(linesOf(changed));
  }

  glance(ordinal: number): ResourceGlance {
    const changed = this.#changed(ordinal);
    return changed === null ? this.index.glance(ordinal) : glanceOf(linesOf(changed));
  }

  parts(ordinal: number): ResourceParts {
    return this.#changed(ordinal) ?? this.index.parts(ordinal);
  }

  ordinalOf(uid: string): number {
    return this.index.ordinalOf(uid);
  }

  fingerprint(ordinal: number): string {
    const changed = this.#changed(ordinal);
    return changed === null ? this.index.fingerprint(ordinal) : fingerprintOf(textOf(changed));
  }

  text(ordinal: number): Promise<Buffer> {
    try {
      const changed = this.#changed(ordinal);
      return changed === null ? this.index.text(ordinal) : Promise.resolve(textOf(changed));
    } catch (thrown) {
      return Promise.reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  override close(): Promise<void> {
    this.#last = null;
    return super.close();
  }

  /** Null where the resource stays as it is. */
  #changed(ordinal: number): ResourceParts | null {
    if (this.#last?.ordinal !== ordinal) {
      const parts = this.index.parts(ordinal);
      const changed = this.#rewrite(parts);
      this.#last = { ordinal, changed: changed === parts ? null : changed };
    }
    return this.#last.changed;
  }
}

function textOf({ head, zones, components }: ResourceParts): Buffer {
  return assemble(head, [...zones.values()], components);
}

function linesOf({ head, zones, components, cancellations, file, line, findings }: ResourceParts): ResourceLines {
  const bytes = assembledBytes(head, [...zones.values()], components);
  const offset = offsetsWith((tzid) => zones.get(tzid) ?? null);
  return { components, cancellations, file, line, bytes, findings, offset };
}
