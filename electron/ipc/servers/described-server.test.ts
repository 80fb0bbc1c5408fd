import { describe, expect, it } from 'vitest';
import { checkHomes, checkKept, describedServer, isSameLogin } from './described-server.ts';
import type { StoredServer } from '../ports.ts';

const KEPT: StoredServer = {
  id: 'a',
  name: 'Office',
  url: 'https://cal.example.org/dav/',
  user: 'admin',
  assumeNoMailHook: true,
  calendarOrigins: ['https://node7.example.org'],
};
const FIELDS = { name: 'Office', url: KEPT.url, user: 'admin' };

describe('a server as a person describes it', () => {
  it('keeps what was confirmed and found while its host is the same, and loses it with another', () => {
    const moved = describedServer('a', { ...FIELDS, url: 'https://cal.example.org/other/' }, KEPT);
    expect(moved).toMatchObject({ assumeNoMailHook: true, calendarOrigins: KEPT.calendarOrigins });
    const other = describedServer('a', { ...FIELDS, url: 'https://evil.example' }, KEPT);
    expect(other).toMatchObject({ assumeNoMailHook: false, calendarOrigins: [] });
  });

  it('takes a kept password to no other host and for no other login', () => {
    const after = (part: Partial<typeof FIELDS>): StoredServer => describedServer('a', { ...FIELDS, ...part }, KEPT);
    expect(() => checkKept(KEPT, after({ name: 'Other', url: 'https://cal.example.org/{user}/' }))).not.toThrow();
    expect(() => checkKept(KEPT, after({ url: 'https://cal.example.org:8443/' }))).toThrow('password is needed again');
    expect(() => checkKept(KEPT, after({ user: 'root' }))).toThrow('password is needed again');
  });

  it('has users only where an administrator logs in, and their calendars on its own host', () => {
    const users = [{ user: 'bob', home: 'https://cal.example.org/cal/bob/' }];
    expect(describedServer('a', { ...FIELDS, users }, KEPT).users).toBeUndefined();
    const admin = { way: 'direct' } as const;
    expect(describedServer('a', { ...FIELDS, admin, users }, KEPT).users).toEqual(users);
    const foreign = [{ user: 'bob', home: 'https://evil.example/cal/bob/' }];
    expect(describedServer('a', { ...FIELDS, admin, users: foreign }, KEPT).users).toEqual([{ user: 'bob' }]);
    expect(() => {
      checkHomes({ ...KEPT, users: foreign });
    }).toThrow('no password is sent there');
  });

  it.each(['https://{user}.example.org/', 'ftp://cal.example.org', 'https://a:b@cal.example.org', 'https://'])(
    'refuses the address %s',
    (url) => {
      expect(() => describedServer('a', { ...FIELDS, url }, undefined)).toThrow();
    },
  );

  it('is known by its login and way, whatever it is called', () => {
    expect(isSameLogin(KEPT, { ...KEPT })).toBe(true);
    expect(isSameLogin(KEPT, { ...KEPT, admin: { way: 'authorize-as' } })).toBe(false);
  });
});
