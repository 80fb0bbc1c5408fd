import { describe, expect, it } from 'vitest';
import type { MigrateSpec, Move } from '../../../shared/model/batch/migrate.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { Engine } from '../../engine/engine.ts';
import type { MappingBook } from '../mapping/book.ts';
import { Logins } from '../servers/logins.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { Servers } from '../servers/servers.ts';
import { HandleStore } from '../runs/handle-store.ts';
import type { BatchShelves } from './batch.ts';
import { migrateHandlers } from './migrate.ts';

const URL_OF_IT = 'https://dav.example.org/anna/calendar/';
const LOGIN: Login = {
  url: URL_OF_IT,
  user: 'anna',
  way: 'own',
  actor: 'anna',
  credential: 'password',
  secret: 'new',
};
const MOVE: Move = {
  line: 1,
  mailbox: 'anna',
  from: { kind: 'files', paths: ['anna.ics'] },
  to: LOGIN,
  calendarUrl: URL_OF_IT,
  calendarName: 'Calendar',
  makes: false,
  identity: { kind: 'match' },
  mode: 'auto',
};

const LEFT_OUT = [{ mailbox: 'bob', source: 'bob.ics', message: 'Line 3: There is no file of this name.' }];

/** What the engine is asked for when the plan of a mapping to one server is made in the window. */
async function askedFor(assumeNoMailHook: boolean): Promise<MigrateSpec> {
  const stored: StoredServer = {
    id: 'new',
    name: 'new',
    url: 'https://dav.example.org/',
    user: 'admin',
    assumeNoMailHook,
    calendarOrigins: [],
  };
  const asked: MigrateSpec[] = [];
  const notAsked = (): never => {
    throw new Error('not asked here');
  };
  const engine = {
    prepareMigration: (spec: MigrateSpec) => {
      asked.push(spec);
      return Promise.reject(new Error('enough'));
    },
  };
  // Only what the route looks at.
  const ports = {
    engine: engine as unknown as Engine,
    book: { list: () => [stored], save: notAsked, remove: notAsked },
    secrets: { where: () => 'missing' },
  } as unknown as Ports;
  const servers = new Servers(ports);
  const book = {
    name: null,
    folder: null,
    rows: [],
    leftOut: [],
    unknownColumns: [],
    next: 0,
    setup: {
      target: { serverId: 'new', way: 'own' },
      source: null,
      mode: 'auto',
      onConflict: 'newer',
      insideDomains: [],
      domains: [],
      rewrites: [],
      limits: { members: 2, perOrigin: 4, stopAfter: null, hours: null },
    },
    resolved: { moves: [MOVE], rows: [], problems: [], leftOut: LEFT_OUT },
  } as unknown as MappingBook;
  const mappings = { books: new Map(), get: () => book };
  const shelves: BatchShelves = { batches: new HandleStore(1, ''), plans: new HandleStore(1, '') };
  const handlers = migrateHandlers(ports, servers, new Logins(ports, servers), mappings, shelves, () => undefined);
  await expect(handlers['migrate.plan']({ mappingId: '', after: null, deleteGone: false })).rejects.toThrow('enough');
  const [spec] = asked;
  if (spec === undefined) throw new Error('nothing was asked');
  return spec;
}

describe('a migration from the window', () => {
  it('counts the rows that cannot be used, as the command line does', async () => {
    expect((await askedFor(false)).leftOut).toEqual(LEFT_OUT);
  });

  it('goes by what the person has confirmed of the new server, as its check did', async () => {
    expect((await askedFor(true)).assume).toEqual(['no-mail-hook']);
    expect((await askedFor(false)).assume ?? []).toEqual([]);
  });
});
