import { z } from 'zod';

export const nothing = z.strictObject({});

/** A password on its way inward. Which routes carry one follows from this schema; none has it in what goes out. */
export const secret = z.string().max(4000);

/** One route of the contract: what comes in and what goes out. */
export function route<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): { readonly input: I; readonly output: O } {
  return { input, output };
}
