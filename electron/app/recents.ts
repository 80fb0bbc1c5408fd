import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { RecentBackup } from '../../shared/ipc/settings-routes.ts';
import { JsonFile } from '../json-file.ts';
import type { RecentFiles } from '../ipc/ports.ts';
import { formatNumber } from '../../shared/words/format.ts';

/** Together at most nine: each has a digit in the menu. */
const BACKUPS_KEPT = 6;
const SERVERS_KEPT = 3;

const stored = z.looseObject({
  backups: z.array(z.object({ id: z.string(), paths: z.array(z.string()).min(1) })).readonly(),
  servers: z.array(z.object({ id: z.string(), label: z.string() })).readonly(),
});
type Stored = z.infer<typeof stored>;

/** An entry of *Open recent*. */
export interface RecentItem {
  readonly kind: 'backup' | 'server';
  readonly id: string;
  readonly label: string;
}

/** Backups and servers that were used last, for the menu, too. */
export interface Recents extends RecentFiles {
  items(): readonly RecentItem[];
  onChange(listener: () => void): void;
}

/** In `recent.json`: paths of backups and names of servers, the last one first. */
export async function openRecents(folder: string): Promise<Recents> {
  const file = await JsonFile.open<Stored>(join(folder, 'recent.json'), stored, { backups: [], servers: [] });
  const listeners: (() => void)[] = [];
  const change = async (part: Partial<Stored>): Promise<void> => {
    const written = file.set({ ...file.value, ...part });
    for (const listener of listeners) listener();
    await written;
  };
  return {
    backups: () => Promise.resolve(file.value.backups.map(shownBackup)),
    pathsOf: (id) => Promise.resolve(file.value.backups.find((entry) => entry.id === id)?.paths ?? null),
    noteBackup: (paths) => {
      const same = file.value.backups.find((entry) => isSame(entry.paths, paths));
      const entry = same ?? { id: randomUUID(), paths: [...paths] };
      const others = file.value.backups.filter((one) => one !== same);
      return change({ backups: [entry, ...others].slice(0, BACKUPS_KEPT) });
    },
    forgetBackup: (id) => change({ backups: file.value.backups.filter((entry) => entry.id !== id) }),
    noteServer: (id, label) => {
      const others = file.value.servers.filter((one) => one.id !== id);
      const first = file.value.servers[0];
      if (first?.id === id && first.label === label) return Promise.resolve();
      return change({ servers: [{ id, label }, ...others].slice(0, SERVERS_KEPT) });
    },
    forgetServer: (id) => change({ servers: file.value.servers.filter((one) => one.id !== id) }),
    clear: () => change({ backups: [], servers: [] }),
    items: () => [
      ...file.value.backups.map((entry): RecentItem => {
        const { names, folder: place } = shownBackup(entry);
        return { kind: 'backup', id: entry.id, label: `${namesInShort(names)} (${place})` };
      }),
      ...file.value.servers.map(({ id, label }): RecentItem => ({ kind: 'server', id, label })),
    ],
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

function shownBackup({ id, paths }: Stored['backups'][number]): RecentBackup {
  return { id, names: paths.map((path) => basename(path)), folder: dirname(paths[0] ?? '') };
}

function namesInShort(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first}, ${second}` : `${first} and ${formatNumber(names.length - 1)} more`;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, at) => path === other[at]);
}
