import { BROKEN_LINE } from '../repairs/broken-lines.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * Broken lines are mended as each of them says: the text is the mended one already, and is sent only with this consent.
 * What was a warning is a repair from now on.
 */
export const brokenLines: Rewrite = (resource) => {
  if (!resource.findings.some(({ code }) => code === BROKEN_LINE)) return resource;
  const findings = resource.findings.map((one) =>
    one.code === BROKEN_LINE ? ({ ...one, kind: 'repair', code: `rewrite-${BROKEN_LINE}` } as const) : one,
  );
  return { ...resource, findings };
};
