import type { ContentLine } from '../lines.ts';
import { encode, rawValue, splitLines } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { ComponentFacts } from '../facts/component-facts.ts';
import { readFacts } from '../facts/component-facts.ts';
import { summaryOf } from './summary.ts';
import type { ResourceSummary } from '../types.ts';
import { offsetsWith } from '../zones/zone-offset.ts';

/**
 * Sums up the text of one object as a server gave it: one summary per UID and component type, in order of appearance;
 * a well-formed object (RFC 4791 §4.1) gives exactly one. Empty when there is no component but VTIMEZONE in it.
 */
export function summarise(
  text: string,
  where: { file: string; line: number } = { file: '', line: 0 },
): ResourceSummary[] {
  const zones = new Map<string, string>();
  const offset = offsetsWith((tzid) => zones.get(tzid) ?? null);
  const groups = new Map<string, Group>();
  for (const component of topComponents(splitLines(normaliseText(encode(text))))) {
    if (isZone(component)) {
      const tzid = component.find((line) => line.name === 'TZID');
      if (tzid !== undefined) zones.set(rawValue(tzid.text), component.map((line) => `${line.raw}\r\n`).join(''));
      continue;
    }
    const facts = readFacts(component, offset);
    const key = `${facts.kind} ${facts.uid}`;
    const group = groups.get(key) ?? { at: component[0]?.at ?? 0, components: [], facts: [] };
    groups.set(key, group);
    const isMaster = facts.recurrenceId === null;
    group.components.splice(isMaster ? 0 : group.components.length, 0, component);
    group.facts.splice(isMaster ? 0 : group.facts.length, 0, facts);
  }
  const bytes = Buffer.byteLength(text);
  return [...groups.values()].map((group) =>
    summaryOf({
      components: group.components,
      facts: group.facts,
      file: where.file,
      line: where.line === 0 ? 0 : where.line + group.at,
      bytes,
      findings: [],
      offset,
    }),
  );
}

interface Group {
  readonly at: number;
  readonly components: (readonly ContentLine[])[];
  readonly facts: ComponentFacts[];
}

function isZone(component: readonly ContentLine[]): boolean {
  const [begin] = component;
  return begin !== undefined && rawValue(begin.text).trim().toUpperCase() === 'VTIMEZONE';
}

/** The components directly inside VCALENDAR (or standing alone), each from its BEGIN to its END. */
export function topComponents(lines: readonly ContentLine[]): ContentLine[][] {
  const found: ContentLine[][] = [];
  let open: ContentLine[] | null = null;
  let depth = 0;
  for (const line of lines) {
    const boundary = line.name === 'BEGIN' || line.name === 'END';
    if (boundary && rawValue(line.text).trim().toUpperCase() === 'VCALENDAR') continue;
    if (line.name === 'BEGIN') {
      depth += 1;
      if (depth === 1) {
        open = [];
        found.push(open);
      }
    }
    open?.push(line);
    if (line.name === 'END') {
      depth = Math.max(depth - 1, 0);
      if (depth === 0) open = null;
    }
  }
  return found;
}
