import { expect, test } from 'vitest';
import { reachedBy } from './kept-login.ts';

const kept = {
  url: 'https://example.org/cal/',
  user: 'bob',
  actor: 'admin',
  credential: 'password',
  secret: 'PW',
} as const;

test('a calendar of an earlier batch is reached as it was then, or it is said why not', () => {
  expect(reachedBy({ ...kept, way: 'direct' })).toEqual({ login: { ...kept, way: 'direct' }, problem: null });
  expect(reachedBy(null)).toEqual({ login: null, problem: 'How to log in to this calendar was not kept.' });
  const former = reachedBy({ ...kept, way: 'grant' });
  expect(former.login).toBeNull();
  expect(former.problem).toContain('An administrator cannot give itself rights over CalDAV');
});
