import type { Finding } from '../../../../shared/model/plan.ts';
import type { ContentLine } from '../lines.ts';

/** A component's lines on their way to the server. A repair replaces, removes or adds single lines, nothing else. */
export interface Draft {
  lines: ContentLine[];
  readonly findings: Finding[];
  /** 1-based line of the component's BEGIN in its file. */
  readonly firstLine: number;
}

/** Notes a repair. `at` is the 0-based line within the component. */
export function noteRepair(draft: Draft, code: string, message: string, at = 0): void {
  draft.findings.push({ kind: 'repair', code, message, line: draft.firstLine + at });
}

/**
 * Depth of each line within the component: 0 for the component's own lines, its BEGIN and END included, 1 for those of
 * an alarm inside it, and so on.
 */
export function depths(lines: readonly ContentLine[]): number[] {
  let depth = -1;
  return lines.map((line) => {
    if (line.name === 'BEGIN') depth += 1;
    const own = Math.max(depth, 0);
    if (line.name === 'END') depth -= 1;
    return own;
  });
}
