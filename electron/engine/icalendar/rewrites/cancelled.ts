import type { Finding } from '../../../../shared/model/plan.ts';
import { readFacts } from '../facts/component-facts.ts';
import { rawValue, toLine, valueStart, type ContentLine } from '../lines.ts';
import { depths } from '../repairs/repair.ts';
import type { CancellationParts, ResourceParts } from '../types.ts';
import { offsetsWith } from '../zones/zone-offset.ts';
import { newLine } from './content-line.ts';
import type { Rewrite } from './rewrite.ts';

const CODE = 'rewrite-cancelled';

/**
 * A meeting that was cancelled for the calendar's owner gets STATUS:CANCELLED, as a whole or in the instances that the
 * cancellation names, and its SEQUENCE. A cancellation that nothing can be done with is left as it is.
 */
export function cancelled(isOwn: (address: string) => boolean): Rewrite {
  return (resource) => {
    const mine = resource.cancellations.filter((one) => concerns(one, isOwn) && isDoable(one));
    return mine.length === 0 ? resource : applied(resource, mine);
  };
}

/** Whether a cancellation is for the owner: named among others, or with everybody. */
function concerns({ attendees }: Pick<CancellationParts, 'attendees'>, isOwn: (address: string) => boolean): boolean {
  return attendees.length === 0 || attendees.some(isOwn);
}

function isDoable({ cancels, adds, settled }: CancellationParts): boolean {
  if (settled) return false;
  return cancels.length > 0 || adds !== null;
}

function applied(resource: ResourceParts, mine: readonly CancellationParts[]): ResourceParts {
  const components = [...resource.components];
  const lines = [...resource.lines];
  const zones = new Map(mine.flatMap(({ adds }) => [...(adds?.zones ?? [])]).concat([...resource.zones]));
  const offset = offsetsWith((tzid) => zones.get(tzid) ?? null);
  const momentOf = (one: readonly ContentLine[]): number | undefined => readFacts(one, offset).recurrenceId?.ms;
  const there = new Set(components.map(momentOf));
  const settled = new Map<CancellationParts, CancellationParts>();
  const findings: Finding[] = [];
  for (const one of mine) {
    for (const at of one.cancels) components[at] = withStatus(components[at] ?? [], one);
    const moment = one.adds === null ? undefined : momentOf(one.adds.lines);
    // Another cancellation may have put that instance in already.
    const isNew = one.adds !== null && !there.has(moment);
    if (isNew) {
      there.add(moment);
      components.push(withStatus(withStart(one.adds.lines), one));
      lines.push(one.line);
    }
    // What is put in is counted among the components from now on.
    settled.set(one, { ...one, settled: true, alone: one.alone || isNew });
    findings.push({ kind: 'repair', code: CODE, message: wordsOf(one), line: one.line });
  }
  return {
    ...resource,
    components,
    lines,
    zones,
    cancellations: resource.cancellations.map((one) => settled.get(one) ?? one),
    findings: [...resource.findings, ...findings],
  };
}

function wordsOf({ whole }: CancellationParts): string {
  return `STATUS:CANCELLED is set ${whole ? 'on it' : 'on one instance'}, as the cancellation says.`;
}

function withStatus(lines: readonly ContentLine[], { sequence }: CancellationParts): ContentLine[] {
  const status = withProperty(lines, 'STATUS', 'CANCELLED');
  const own = lines.find((line, at) => line.name === 'SEQUENCE' && depths(lines)[at] === 0);
  const before = own === undefined ? 0 : Number.parseInt(rawValue(own.text), 10) || 0;
  return sequence > before ? withProperty(status, 'SEQUENCE', String(sequence)) : status;
}

/** The component's own property with another value; it is put in before what is inside the component, where it is missing. */
function withProperty(lines: readonly ContentLine[], name: string, value: string): ContentLine[] {
  const depth = depths(lines);
  const there = lines.findIndex((line, at) => line.name === name && depth[at] === 0);
  const line = newLine(`${name}:${value}`, lines[Math.max(there, 0)]?.at ?? 0);
  if (there >= 0) return lines.map((other, at) => (at === there ? line : other));
  const inner = depth.findIndex((one) => one > 0);
  const at = inner > 0 ? inner : lines.length - 1;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}

/** A message may leave out when the instance starts: it is the moment that names it. */
function withStart(lines: readonly ContentLine[]): readonly ContentLine[] {
  if (lines.some(({ name }) => name === 'DTSTART')) return lines;
  return lines.flatMap((line) => {
    if (line.name !== 'RECURRENCE-ID' || valueStart(line.text) < 0) return [line];
    const rest = line.text.slice(line.text.search(/[;:]/));
    return [line, toLine(`DTSTART${rest}`, false, line.at)];
  });
}
