import type { Finding } from '../../../../shared/model/plan.ts';
import type { ContentLine } from '../lines.ts';
import type { ResourceParts } from '../types.ts';

/** A change of the events themselves that a person consented to. Gives the same object where it changes nothing. */
export type Rewrite = (resource: ResourceParts) => ResourceParts;

/** One line of one component: the same object when it stays as it is. */
type LineRewrite = (line: ContentLine) => ContentLine;

/** Rewrites line by line; what was changed is noted as a repair at the first line that changed in each component. */
export function rewriteLines(
  resource: ResourceParts,
  rewriteLine: LineRewrite,
  note: { readonly code: string; readonly message: string },
): ResourceParts {
  const findings: Finding[] = [];
  const components = resource.components.map((lines, at) => {
    const written = lines.map(rewriteLine);
    const first = written.findIndex((line, index) => line !== lines[index]);
    if (first < 0) return lines;
    if (findings.length === 0) findings.push(repairAt(resource, at, written[first], note));
    return written;
  });
  if (findings.length === 0) return resource;
  return { ...resource, components, findings: [...resource.findings, ...findings] };
}

/** The finding that names a rewrite, with its line in the source. */
export function repairAt(
  { lines }: ResourceParts,
  component: number,
  line: ContentLine | undefined,
  note: { readonly code: string; readonly message: string },
): Finding {
  return { kind: 'repair', ...note, line: (lines[component] ?? 0) + (line?.at ?? 0) };
}
