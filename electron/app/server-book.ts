import { join } from 'node:path';
import { z } from 'zod';
import { behalf, credentialKind } from '../../shared/model/login.ts';
import { networkSpec } from '../../shared/model/network.ts';
import type { ServerBook } from '../ipc/ports.ts';
import { JsonFile } from './json-file.ts';

// Loose: what a newer version adds to an entry stays in it, and costs no server.
const stored = z.array(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    user: z.string(),
    assumeNoMailHook: z.boolean(),
    calendarOrigins: z.array(z.string()).readonly(),
    behalf: behalf.optional(),
    credential: credentialKind.optional(),
    network: networkSpec.optional(),
  }),
);

/** The servers that were added, in `servers.json`; passwords are elsewhere. */
export async function openServerBook(folder: string): Promise<ServerBook> {
  const file = await JsonFile.open(join(folder, 'servers.json'), stored, []);
  return {
    list: () => file.value,
    save: (server) => {
      const known = file.value.some((entry) => entry.id === server.id);
      const changed = file.value.map((entry) => (entry.id === server.id ? { ...server } : entry));
      return file.set(known ? changed : [...file.value, { ...server }]);
    },
    remove: (id) => file.set(file.value.filter((entry) => entry.id !== id)),
  };
}
