import { join } from 'node:path';
import { z } from 'zod';
import { adminWay, behalf, credentialKind } from '../../../shared/model/login.ts';
import { networkSpec } from '../../../shared/model/network.ts';
import { serverUser } from '../../../shared/model/server.ts';
import type { ServerBook } from '../ports.ts';
import { JsonFile } from '../../json-file.ts';

/** As the engine keeps it. What cannot be read is asked again. */
const probeAnswers = z.strictObject({
  face: z.string(),
  at: z.string(),
  statusPage: z.strictObject({ product: z.string(), version: z.string().nullable() }).nullable(),
  realm: z.string().nullable(),
});

// Loose: what a newer version adds to an entry stays in it, and costs no server.
const stored = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    user: z.string(),
    assumeNoMailHook: z.boolean(),
    calendarOrigins: z.array(z.string()).readonly(),
    admin: adminWay.optional(),
    users: z.array(serverUser).readonly().optional(),
    credential: credentialKind.optional(),
    network: networkSpec.optional(),
    product: z.string().optional(),
    probes: z.record(z.string(), probeAnswers).optional().catch(undefined),
    /** The first format had one user for each server. */
    behalf: behalf.optional(),
  })
  .transform(({ behalf: one, ...server }) => {
    if (one === undefined) return server;
    const { user, ...admin } = one;
    return { ...server, admin: server.admin ?? admin, users: server.users ?? [{ user }] };
  });

/** The servers that were added, in `servers.json`; passwords are elsewhere. */
export async function openServerBook(folder: string): Promise<ServerBook> {
  const file = await JsonFile.open(join(folder, 'servers.json'), z.array(stored), []);
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
