import { afterEach, expect, it } from 'vitest';
import { discoverHome } from './engine/caldav/discovery/discover.ts';
import { findUsers } from './engine/caldav/discovery/find-users.ts';
import type { Connection } from './engine/caldav/types.ts';
import { startPractice, type PracticeServer } from './practice/server.ts';

let practice: PracticeServer | null = null;
afterEach(() => practice?.close());

it('an administrator finds a user by name or address, and the calendars in the home that was found', async () => {
  practice = await startPractice({ password: 'sesame' });
  const login: Connection = {
    url: practice.info.base_url,
    user: 'admin',
    password: () => Promise.resolve('sesame'),
    concurrency: 4,
  };
  const byName = await findUsers(login, 'BAKER');
  const byAddress = await findUsers(login, 'bob@');
  expect(byName.map(({ user }) => user)).toEqual(['bob']);
  expect(byAddress).toEqual(byName);
  const home = byName[0]?.home ?? '';
  expect(home).toMatch(/\/bob\/$/);
  const account = await discoverHome({ ...login, url: home }, {});
  expect(account.calendars.map(({ url }) => url)).toEqual([expect.stringContaining('/bob/')]);
  expect(account.addresses).toContain('mailto:bob@example.com');
  expect(await findUsers(login, 'nobody-by-that-name')).toEqual([]);
});
