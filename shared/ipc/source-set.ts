import { z } from 'zod';
import { inspection } from '../model/found/inspection.ts';

/** A set of chosen files, kept by the main process under an opaque id. */
export const sourceSet = z.strictObject({
  sourceId: z.string(),
  /** Display names of what was chosen. */
  names: z.array(z.string()).readonly(),
  /** How many calendars there are in it; each can go back to where it was. */
  calendars: z.int(),
  inspection,
});
export type SourceSet = z.infer<typeof sourceSet>;
