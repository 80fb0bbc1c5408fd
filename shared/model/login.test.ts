import { expect, test } from 'vitest';
import { askedAdminWay, behalf, loginOfRun, loginWay } from './login.ts';

const kept = { user: 'bob', way: 'grant' } as const;

test('a way that is kept and not offered can be read, not asked for, and logs nobody in', () => {
  expect(behalf.parse(kept)).toEqual(kept);
  expect(loginWay.safeParse('grant').success).toBe(false);
  expect(askedAdminWay.safeParse({ way: kept.way }).success).toBe(false);
  const run = { calendarUrl: 'https://example.org/cal/', user: 'admin', behalf: kept };
  expect(() => loginOfRun(run, 'password', 'PW')).toThrow('An administrator cannot give itself rights over CalDAV');
});
