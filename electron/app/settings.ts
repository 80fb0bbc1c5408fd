import { join } from 'node:path';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';

const settings = z.looseObject({
  theme: z.enum(['light', 'dark', 'system']),
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable(),
  /** Absent: it was not. */
  maximized: z.boolean().optional(),
  /** The pictures of the first start were seen. */
  introduced: z.boolean().default(false),
  /** The practice server comes back under the same address, so that a run on it can be resumed. */
  practicePort: z.int().min(1).max(65_535).nullable(),
});
export type Settings = z.infer<typeof settings>;

export function openSettings(folder: string): Promise<JsonFile<Settings>> {
  return JsonFile.open(join(folder, 'settings.json'), settings, {
    theme: 'system',
    bounds: null,
    introduced: false,
    practicePort: null,
  });
}
