import type { Finding } from '../../../../shared/model/plan.ts';
import { readFacts, type ComponentFacts } from '../facts/component-facts.ts';
import { parameter, splitLines, type ContentLine } from '../lines.ts';
import { meaningOfLines } from '../meaning/meaning.ts';
import { versionOf, type Version } from '../meaning/version.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { Cancellation } from '../types.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/** A message with METHOD:CANCEL that is no version of its event: it says for whom the event does not take place. */
export interface Message {
  readonly row: number;
  readonly text: string;
  readonly facts: ComponentFacts;
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
  readonly text: string;
  readonly offset: ZoneOffset;
}

/**
 * A cancellation is a version of its event only where it says so for everybody, with STATUS:CANCELLED (RFC 5546 §3.2.5),
 * and where it can be stored as one: a message need not say when the event starts.
 */
export function isMessage(text: string, hasStart: boolean): boolean {
  return !hasStart || !readFacts(splitLines(normaliseText(text))).cancelled;
}

export function readMessage(row: number, text: string, offset: ZoneOffset): Message {
  const normal = normaliseText(text);
  const lines = splitLines(normal);
  const instance = lines.find(({ name }) => name === 'RECURRENCE-ID');
  return {
    row,
    text: normal,
    facts: readFacts(lines, offset),
    version: versionOf(normal),
    future: instance !== undefined && parameter(instance.text, 'RANGE') !== null,
  };
}

/** Whether two messages say the same. */
export function sameMessage(a: Message, b: Message): boolean {
  return a.text === b.text || meaningOfLines(splitLines(a.text)) === meaningOfLines(splitLines(b.text));
}

/** What a message cancels; `outdone`: the component that is newer than it, where all are. */
export function attach(
  message: Message,
  components: readonly Standing[],
): { readonly attached: Attached } | { readonly outdone: number } {
  const { row, version, facts, future } = message;
  const isNewer = ({ text }: Standing): boolean => versionOf(normaliseText(text)).isAfter(version);
  const ofInstance = facts.recurrenceId === null ? components : components.filter((one) => isInstance(one, message));
  // Of an instance that no component stands for, the series speaks.
  const concerned = ofInstance.length > 0 ? ofInstance : components.filter((one) => instanceOf(one) === null);
  const newer = concerned.filter(isNewer);
  const [first] = newer;
  if (first !== undefined && newer.length === concerned.length) return { outdone: first.row };
  const cancels = future ? [] : ofInstance.filter((one) => !newer.includes(one)).map((one) => one.row);
  return { attached: { row, cancels, adds: !future && ofInstance.length === 0, alone: false } };
}

function isInstance(one: Standing, { facts }: Message): boolean {
  const at = instanceOf(one);
  return at !== null && facts.recurrenceId !== null && at === facts.recurrenceId.ms;
}

function instanceOf({ text, offset }: Standing): number | null {
  return readFacts(splitLines(normaliseText(text)), offset).recurrenceId?.ms ?? null;
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
