import { z } from 'zod';

export const nothing = z.strictObject({});

/** One route of the contract: what comes in and what goes out. */
export function route<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): { readonly input: I; readonly output: O } {
  return { input, output };
}
