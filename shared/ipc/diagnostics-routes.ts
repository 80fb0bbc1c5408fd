import { z } from 'zod';
import { diagnosticsFile } from '../model/diagnostics.ts';
import { route } from './route.ts';

/** Whether the names of the servers' hosts may be in it. */
const asked = z.strictObject({ hosts: z.boolean() });

export const diagnosticsRoutes = {
  /** All that would be saved, to be looked at. */
  'diagnostics.show': route(asked, z.strictObject({ files: z.array(diagnosticsFile).readonly() })),
  /** Opens the dialog; null when the person cancels. */
  'diagnostics.save': route(asked, z.strictObject({ path: z.string() }).nullable()),
} as const;
