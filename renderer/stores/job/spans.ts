/** Stretches of a list: positions, both ends among them; in order, none touches another. */
export type Spans = readonly (readonly [number, number])[];

export function spanOf(a: number, b: number): Spans {
  return [[Math.min(a, b), Math.max(a, b)]];
}

export function holds(spans: Spans, at: number): boolean {
  return spans.some(([from, to]) => at >= from && at <= to);
}

export function countIn(spans: Spans): number {
  return spans.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Takes one position in, or out where it was in. */
export function toggleIn(spans: Spans, at: number): Spans {
  const others = spans.flatMap(([from, to]): (readonly [number, number])[] => {
    if (at < from || at > to) return [[from, to]];
    return [...(at > from ? [[from, at - 1] as const] : []), ...(at < to ? [[at + 1, to] as const] : [])];
  });
  return holds(spans, at) ? others : joined([...others, [at, at]]);
}

function joined(spans: Spans): Spans {
  const result: (readonly [number, number])[] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

/** Where the keyboard is in a list, what is marked in it, and where a stretch of marked rows began. */
export interface Marking {
  readonly cursor: number;
  readonly anchor: number;
  readonly marks: Spans;
}

/** Marks the row under the cursor `alone`, all from where a stretch began (`range`), or one more or less (`toggle`). */
export type MarkHow = 'alone' | 'range' | 'toggle';

export const AT_FIRST: Marking = { cursor: 0, anchor: 0, marks: spanOf(0, 0) };

export function moveMark({ anchor, marks }: Pick<Marking, 'anchor' | 'marks'>, cursor: number, how: MarkHow): Marking {
  switch (how) {
    case 'alone':
      return { cursor, anchor: cursor, marks: spanOf(cursor, cursor) };
    case 'range':
      return { cursor, anchor, marks: spanOf(anchor, cursor) };
    case 'toggle':
      return { cursor, anchor: cursor, marks: toggleIn(marks, cursor) };
  }
}
