import type { z } from 'zod';
import { HushError } from '../../../shared/model/failure.ts';
import type { FailureCode } from '../../../shared/model/failure-codes.ts';

/**
 * A value as its schema lets it through. The message names fields, never their values: a password may be among them.
 *
 * @throws HushError (our-bug) with the code
 */
export function agreed(schema: z.ZodType, value: unknown, code: FailureCode, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => `${issue.path.join('.') || 'it'} (${issue.code})`);
  throw new HushError({
    code,
    message: `${what} does not have the form that was agreed: ${[...new Set(fields)].slice(0, 5).join(', ')}.`,
    reaction: 'our-bug',
  });
}
