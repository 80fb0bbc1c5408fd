import { join } from 'node:path';
import { z } from 'zod';
import { connections } from '../../shared/ipc/settings-routes.ts';
import { CONNECTIONS } from '../../shared/model/defaults.ts';
import type { Preferences, PreferencesNow } from '../ipc/ports.ts';
import { JsonFile } from '../json-file.ts';

const settings = z.looseObject({
  theme: z.enum(['light', 'dark', 'system']),
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable(),
  /** Absent: it was not. */
  maximized: z.boolean().optional(),
  /** The pictures of the first start were seen. */
  introduced: z.boolean().default(false),
  /** Requests to one server at the same time. */
  connections: connections.default(CONNECTIONS).catch(CONNECTIONS),
  notifications: z.boolean().default(true).catch(true),
  /** The folder of runs that was chosen (electron/runs-folder.ts reads it, too); null: the usual one. */
  runsDir: z.string().nullable().default(null),
  /** The practice server comes back under the same address, so that a run on it can be resumed. */
  practicePort: z.int().min(1).max(65_535).nullable(),
});
export type Settings = z.infer<typeof settings>;

export function openSettings(folder: string): Promise<JsonFile<Settings>> {
  return JsonFile.open(join(folder, 'settings.json'), settings, {
    theme: 'system',
    bounds: null,
    introduced: false,
    connections: CONNECTIONS,
    notifications: true,
    runsDir: null,
    practicePort: null,
  });
}

/** What the handlers may see and change of it. */
export function preferencesOf(
  settings: JsonFile<Settings>,
  standardRunsDir: string,
): Preferences & { readonly now: () => PreferencesNow } {
  const change = (part: Partial<Settings>): Promise<void> => settings.set({ ...settings.value, ...part });
  return {
    connections: () => settings.value.connections,
    notifications: () => settings.value.notifications,
    change: ({ connections = settings.value.connections, notifications = settings.value.notifications }) =>
      change({ connections, notifications }),
    runsDir: () => settings.value.runsDir,
    setRunsDir: (runsDir) => change({ runsDir }),
    standardRunsDir,
    now: () => {
      const { connections, notifications, runsDir } = settings.value;
      return { connections, notifications, runsDir, standardRunsDir };
    },
  };
}
