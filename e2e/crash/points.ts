/** Where a process can be ended: the n-th step of one name, at one of its moments (see die.cjs). */
export interface Point {
  readonly step: string;
  readonly moment: string;
  /** What die.cjs understands. */
  readonly at: string;
}

/** Moments of a step, by the first word of its name. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  journal: ['before', 'torn', 'after', 'power'],
  write: ['before', 'torn', 'after', 'power'],
  sync: ['before', 'after', 'power'],
  rename: ['before', 'after'],
  request: ['before', 'torn', 'after', 'power'],
  answer: ['before'],
};

/** All points of a recorded run, in its order. */
export function allPoints(steps: readonly string[]): readonly Point[] {
  const counts = new Map<string, number>();
  return steps.flatMap((step) => {
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    const moments = MOMENTS[step.split(' ')[0] ?? ''] ?? [];
    return moments.map((moment) => ({ step, moment, at: `${step}#${count} ${moment}` }));
  });
}

/** The points of what a run does to the server and writes down of it. */
export function isWriting({ step }: Point): boolean {
  return /^(?:journal|request (?:PUT|DELETE|GET)|answer (?:PUT|DELETE))/.test(step);
}

/**
 * About `wanted` of the points, every kind of step at every moment among them: first one of each, then the rest evenly.
 * `offset` moves the choice, so that several choices from equal runs differ.
 */
export function spread(points: readonly Point[], wanted: number, offset: number): readonly Point[] {
  const kinds = new Map<string, Point[]>();
  for (const point of points) {
    const kind = `${point.step} ${point.moment}`;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [point]);
    else known.push(point);
  }
  const chosen = new Set([...kinds.values()].map((same) => same[offset % same.length]));
  const rest = points.filter((point) => !chosen.has(point));
  const missing = Math.max(0, Math.min(wanted - chosen.size, rest.length));
  for (let at = 0; at < missing; at += 1)
    chosen.add(rest[(Math.floor((at * rest.length) / missing) + offset) % rest.length]);
  return points.filter((point) => chosen.has(point));
}
