import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';

/** What runs, and on what. */
export interface Versions {
  readonly hushcal: string;
  /** Null on the command line. */
  readonly electron: string | null;
  readonly testBuild: boolean;
  /** How passwords are kept; null on the command line, which keeps none. */
  readonly secretStore: string | null;
}

export function versionFacts({ hushcal, electron, testBuild, secretStore }: Versions) {
  return {
    hushcal,
    from: electron === null ? 'command line' : 'window',
    electron,
    testBuild,
    node: process.versions.node,
    platform: process.platform,
    architecture: process.arch,
    // Some systems put the name of a computer or its maker behind the number.
    release: /^\d+(?:\.\d+)*/.exec(release())?.[0] ?? '',
    language: new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).language,
    minutesFromUtc: -new Date().getTimezoneOffset(),
    secretStore,
  };
}

const theme = z.enum(['light', 'dark', 'system']).catch('system');
const int = z.int().nullable().catch(null);
const settings = z.looseObject({
  theme,
  connections: int,
  notifications: z.boolean().nullable().catch(null),
  introduced: z.boolean().nullable().catch(null),
  maximized: z.boolean().nullable().catch(null),
  practicePort: int,
  runsDir: z.string().nullable().catch(null),
  bounds: z.looseObject({ width: int, height: int }).nullable().catch(null),
});

/** Of the settings what is no name and no path. Null: there are none, or they cannot be read. */
export async function settingFacts(userData: string) {
  const read = settings.safeParse(await json(join(userData, 'settings.json')));
  if (!read.success) return null;
  const { theme: look, connections, notifications, introduced, maximized, practicePort, runsDir, bounds } = read.data;
  return {
    theme: look,
    connections,
    notifications,
    introduced,
    maximized,
    hasPracticePort: practicePort !== null,
    ownFolderOfRuns: runsDir !== null,
    width: bounds?.width ?? null,
    height: bounds?.height ?? null,
  };
}

const server = z.looseObject({
  url: z.string().catch(''),
  product: z.string().nullable().catch(null),
  assumeNoMailHook: z.boolean().nullable().catch(null),
  calendarOrigins: z.array(z.string()).catch([]),
  admin: z
    .looseObject({ way: z.enum(['direct', 'authorize-as', 'template']).nullable().catch(null) })
    .nullable()
    .catch(null),
  users: z.array(z.unknown()).catch([]),
  credential: z.enum(['password', 'token']).nullable().catch(null),
  network: z
    .looseObject({
      authorities: z.array(z.unknown()).catch([]),
      fingerprints: z.array(z.unknown()).catch([]),
      proxy: z.string().nullable().catch(null),
      certificate: z.string().nullable().catch(null),
    })
    .nullable()
    .catch(null),
});

/** Of each server what it is and how it is reached; who logs in, and where, stays out. `hosts`: a person said its host may be in. */
export async function serverFacts(userData: string, hosts: boolean, knownProduct: Engine['knownProduct']) {
  const read = z.array(server.nullable().catch(null)).safeParse(await json(join(userData, 'servers.json')));
  if (!read.success) return [];
  return read.data.map((one, at) => {
    if (one === null) return { server: at + 1, unreadable: true };
    const address = addressOf(one.url);
    return {
      server: at + 1,
      ...(hosts ? { host: address?.host ?? null } : {}),
      scheme: address?.protocol.replace(':', '') ?? null,
      ownPort: address === null ? null : address.port !== '',
      product: one.product === null ? null : (knownProduct(one.product) ?? 'another'),
      noMailHookAssumed: one.assumeNoMailHook,
      calendarsElsewhere: one.calendarOrigins.filter((origin) => origin !== address?.origin).length,
      administrator: one.admin?.way ?? null,
      users: one.users.length,
      credential: one.credential,
      proxy: proxyWords(one.network?.proxy ?? null),
      ownAuthorities: one.network?.authorities.length ?? 0,
      trustedCertificates: one.network?.fingerprints.length ?? 0,
      ownCertificate: (one.network?.certificate ?? null) !== null,
    };
  });
}

function proxyWords(proxy: string | null): 'none' | 'system' | 'own' {
  if (proxy === null) return 'system';
  return proxy === 'none' ? 'none' : 'own';
}

function addressOf(url: string): URL | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
  return URL.canParse(full) ? new URL(full) : null;
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
