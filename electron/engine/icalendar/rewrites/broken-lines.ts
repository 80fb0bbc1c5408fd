import type { Finding } from '../../../../shared/model/plan.ts';
import { BROKEN_LINE } from '../repairs/broken-lines.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * Broken lines are mended as each of them says: the text is the mended one already, and is sent only with this consent.
 * What was a warning is a repair from now on.
 */
export const brokenLines: Rewrite = (resource) => {
  const findings = mended(resource.findings);
  return findings === resource.findings ? resource : { ...resource, findings };
};

/** The same for the findings alone; themselves where there is nothing to mend. */
export function mended(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ code }) => code === BROKEN_LINE)) return findings;
  return findings.map((one) =>
    one.code === BROKEN_LINE ? { ...one, kind: 'repair', code: `rewrite-${BROKEN_LINE}` } : one,
  );
}
