import type { Finding } from '../../../../shared/model/plan.ts';
import { readFacts, type ComponentFacts } from '../facts/component-facts.ts';
import { parameter, splitLines, type ContentLine } from '../lines.ts';
import { meaningOfLines } from '../meaning/meaning.ts';
import { versionOf, type Version } from '../meaning/version.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { Cancellation } from '../types.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/** A message with METHOD:CANCEL that is no version of its event: it says for whom the event does not take place. */
interface Message {
  readonly row: number;
  /** Equal for messages that say the same. */
  readonly meaning: string;
  readonly instance: number | null;
  readonly version: Version;
  /** The instance and all that follow (RFC 5545 §3.2.13). */
  readonly future: boolean;
}

/** Such a message beside the components of its event, as rows. */
export interface Attached {
  readonly row: number;
  /** Rows of the components that it cancels. */
  readonly cancels: readonly number[];
  /** No component stands for its instance: cancelled, the instance is one more. */
  readonly adds: boolean;
  /** There is nothing of the event but the message itself. */
  readonly alone: boolean;
}

/** A component of the event that a message may cancel. */
export interface Standing {
  readonly row: number;
  /** The moment that names it, in milliseconds; null for a series as a whole. */
  readonly instance: number | null;
  readonly version: Version;
  /** It says itself that it does not take place. */
  readonly cancelled: boolean;
}

export function readStanding(row: number, text: string, offset: ZoneOffset): Standing {
  const normal = normaliseText(text);
  const { recurrenceId, cancelled } = readFacts(splitLines(normal), offset);
  return { row, instance: recurrenceId?.ms ?? null, version: versionOf(normal), cancelled };
}

/**
 * What a cancellation for everybody, which is a version of its series itself, leaves to be cancelled: changed instances that
 * are not newer. Null where nothing is left.
 */
export function leftBy(row: number, components: readonly Standing[]): Attached | null {
  const series = components.find((one) => one.row === row);
  if (series === undefined) return null;
  const left = components.filter(({ instance, version, cancelled }) => {
    return instance !== null && !cancelled && !version.isAfter(series.version);
  });
  return left.length === 0 ? null : { row, cancels: [row, ...left.map((one) => one.row)], adds: false, alone: true };
}

/**
 * A cancellation is a version of its event only where it says so for everybody, with STATUS:CANCELLED (RFC 5546 §3.2.5),
 * and where it can be stored as one: a message need not say when the event starts.
 */
export function isMessage(text: string, hasStart: boolean): boolean {
  return !hasStart || !readFacts(splitLines(normaliseText(text))).cancelled;
}

export function readMessage(row: number, text: string, offset: ZoneOffset): Message {
  const lines = splitLines(normaliseText(text));
  const named = lines.find(({ name }) => name === 'RECURRENCE-ID');
  const future = named !== undefined && parameter(named.text, 'RANGE') !== null;
  return { ...readStanding(row, text, offset), meaning: meaningOfLines(lines), future };
}

/** What a message cancels; `outdone`: the component that is newer than it, where all are. */
export function attach(
  { row, version, instance, future }: Message,
  components: readonly Standing[],
): { readonly attached: Attached } | { readonly outdone: number } {
  const named = instance === null ? components : components.filter((one) => one.instance === instance);
  // Of an instance that no component stands for, the series speaks.
  const concerned = named.length > 0 ? named : components.filter((one) => one.instance === null);
  const older = concerned.filter((one) => !one.version.isAfter(version));
  const [first] = concerned;
  if (first !== undefined && older.length === 0) return { outdone: first.row };
  const cancels = future || named.length === 0 ? [] : older.map((one) => one.row);
  return { attached: { row, cancels, adds: !future && named.length === 0, alone: false } };
}

/** What is known of a cancellation without its text. */
export function cancellationOf(facts: ComponentFacts, whole: boolean, alone: boolean): Cancellation {
  const attendees = facts.cancelled ? [] : facts.attendees.map(({ address }) => address);
  return { attendees, whole, alone, settled: false };
}

/** The finding that names a cancellation; whose calendar it is, nobody knows yet. */
export function cancellationFinding(lines: readonly ContentLine[], one: Cancellation, where: string): Finding {
  const named = one.attendees.map((address) => address.replace(/^mailto:/i, ''));
  const whom =
    named.length === 0 ? 'everybody' : named.slice(0, 5).join(', ') + (named.length > 5 ? ' and others' : '');
  const what = lines.some(({ name }) => name === 'RECURRENCE-ID') ? 'one instance of it' : 'it';
  return {
    kind: 'warning',
    code: 'cancellation',
    message: `A cancellation (METHOD:CANCEL) takes ${what} back for ${whom}: ${where}.`,
  };
}
