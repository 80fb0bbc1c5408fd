import { describe, expect, it } from 'vitest';
import type { CalendarInfo } from '../../../shared/model/server.ts';
import type { Account } from '../caldav/types.ts';
import { placeFor } from './calendar-target.ts';
import type { From } from './from.ts';

const HOME = 'https://dav.test/dav/calendars/alice/';
const calendar = (slug: string, writable: boolean): CalendarInfo => ({
  url: `${HOME}${slug}/`,
  name: slug,
  color: null,
  description: null,
  components: ['VEVENT'],
  writable,
  maxResourceSize: null,
  objects: null,
});
const account = (calendars: readonly CalendarInfo[], defaultCalendar: string | null = null): Account => ({
  principal: 'https://dav.test/dav/principals/users/alice/',
  home: HOME,
  homes: [HOME],
  unseen: [],
  addresses: [],
  calendars,
  evidence: { davTokens: new Set(), allow: new Set(), headers: {}, checkedAt: '2026-11-22T00:00:00Z' },
  inbox: null,
  defaultCalendar,
});
const row = { calendar: '', user: 'alice' } as Parameters<typeof placeFor>[0];
const from = { name: null } as From;
const login = { url: HOME } as Parameters<typeof placeFor>[4];

async function urlFor(one: Account): Promise<string> {
  const connect = (): never => {
    throw new Error('nothing need be asked');
  };
  return (await placeFor(row, from, false, one, login, connect)).url;
}

describe('a row that names no calendar', () => {
  it('means the one that the principal says', async () => {
    const several = [calendar('work', true), calendar('personal', true), calendar('contact_birthdays', false)];
    expect(await urlFor(account(several, `${HOME}personal/`))).toBe(`${HOME}personal/`);
    await expect(urlFor(account(several))).rejects.toThrow('name one of "work", "personal", or a new one');
  });

  it('means the only one that can be written to', async () => {
    const birthdays = [calendar('contact_birthdays', false), calendar('personal', true)];
    expect(await urlFor(account(birthdays))).toBe(`${HOME}personal/`);
  });
});
