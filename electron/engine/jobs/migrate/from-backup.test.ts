import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Login } from '../../../../shared/model/login.ts';
import { readMapping } from '../../mapping/read-mapping.ts';
import type { ResolvedRows } from '../../mapping/defaults.ts';
import { resolveMapping } from '../../mapping/resolve.ts';
import { writeMapping } from '../../mapping/write-mapping.ts';
import { event } from '../testing/world.ts';
import { openOffice, type Office } from './testing/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice(['anna']);
});
afterEach(() => office.close());

/** A backup of two calendars of anna, "Calendar" and "Choir". */
async function backup(): Promise<string> {
  const { info } = office.old.server;
  const home = new URL('../', new URL(office.old.calendar('anna'), info.base_url));
  const authorization = `Basic ${Buffer.from(`anna:${info.admin.password}`).toString('base64')}`;
  const headers = { authorization, scheduling: 'none', 'content-type': 'text/calendar' };
  const choir = new URL('choir/', home);
  expect((await fetch(choir, { method: 'MKCALENDAR', headers: { authorization } })).status).toBe(201);
  await office.keep('anna', 'a.ics', event('work@x', ['SUMMARY:Work']));
  const put = await fetch(new URL('b.ics', choir), { method: 'PUT', headers, body: event('song@x', ['SUMMARY:Song']) });
  expect(put.status).toBe(201);
  const login: Login = {
    url: info.base_url,
    user: 'anna',
    way: 'own',
    actor: 'anna',
    credential: 'password',
    secret: 'PW',
  };
  const out = join(office.dir, 'anna.zip');
  expect(await office.engine.backup([{ login, calendarUrl: null }], office.connect, out)).toMatchObject({
    calendars: 2,
  });
  return out;
}

function resolve(csv: string): Promise<ResolvedRows> {
  const target = { url: office.fresh.server.info.base_url, credential: 'password' as const, admin: null };
  const defaults = {
    target,
    source: null,
    mode: 'none' as const,
    identity: { kind: 'server' as const },
    baseDir: '/',
    assume: [],
  };
  return resolveMapping(readMapping(csv).rows, defaults, office.connect);
}

describe('a backup of several calendars as the source of a mailbox', () => {
  it('goes into as many calendars, by name; the one that is missing is made', async () => {
    const { moves, problems } = await resolve(`source,user,password\n${await backup()},anna,PW\n`);
    expect(problems).toEqual([]);
    expect(moves.map(({ makes }) => makes)).toEqual([false, true]);

    const { settled } = await office.move(office.spec(['anna'], { moves, mode: 'none' }));

    expect(settled).toMatchObject({ status: 'complete', totals: { created: 2 }, verified: 2 });
    const anna = office.fresh.server.state().users.find(({ user }) => user === 'anna');
    expect(anna?.calendars.map(({ objects }) => objects)).toEqual([1, 1]);
  });

  it('is written down calendar by calendar, and read again as that', async () => {
    const { moves } = await resolve(`source,user,password\n${await backup()},anna,PW\n`);
    const again = await resolve(writeMapping(moves));
    expect(again.problems).toEqual([]);
    expect(again.moves.map(({ from }) => from)).toEqual(moves.map(({ from }) => from));
  });

  it('names a calendar that is not in it', async () => {
    const { problems } = await resolve(`source,user,password\n${await backup()}#nothing,anna,PW\n`);
    expect(problems).toMatchObject([{ column: 'source', message: 'There is no such calendar in this backup.' }]);
  });
});
