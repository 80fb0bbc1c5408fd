import { z } from 'zod';

/** A file of the bundle for whoever helps, with all that is in it. */
export const diagnosticsFile = z.strictObject({ name: z.string(), text: z.string() });
export type DiagnosticsFile = z.infer<typeof diagnosticsFile>;
