import { expect, test } from 'vitest';
import { HushError } from '../../../shared/model/failure.ts';
import { readSecretList } from './secret-list.ts';

test.each([
  ['user,password\nanna,a b"c\n'],
  ['anna,a b"c'],
  ['App password;User\na b"c;anna\n'],
  ['\ufeffemail\tdepartment\ttoken\nanna\tsales\ta b"c\n'],
])('takes %j', (text) => {
  expect(readSecretList(text.replace('a b"c', '"a b""c"'))).toEqual([{ user: 'anna', password: 'a b"c' }]);
});

test('leaves lines without a password out', () => {
  expect(readSecretList('anna,x\nben,\n,y\ncarla,z\n').map(({ user }) => user)).toEqual(['anna', 'carla']);
});

test.each([[''], ['no list at all'], ['"never closed,\nx,y'], ['user,password\n']])(
  'refuses %j without repeating it',
  (text) => {
    let failure = '';
    try {
      readSecretList(text);
    } catch (thrown) {
      if (thrown instanceof HushError) failure = thrown.failure.message;
    }
    expect(failure).toMatch(/^This is no list of passwords/);
  },
);

test('refuses a list that would hold the window, and says what to do', () => {
  expect(readSecretList('anna,x\n'.repeat(100_000))).toHaveLength(100_000);
  expect(() => readSecretList('anna,x\n'.repeat(100_001))).toThrow(/more than 100,000 lines\. Split it/);
  expect(() => readSecretList(','.repeat(2_000_000))).toThrow(/no list of passwords/);
});
