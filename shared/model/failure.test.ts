import { expect, it } from 'vitest';
import { toFailure } from './failure.ts';

const thrown = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: as the system says it`), { code, syscall: 'write', ...more });

it.each([
  ['ENOSPC', {}, 'DISK_FULL', /no room left/],
  ['EROFS', { path: '/runs/x' }, 'DISK_READ_ONLY', /^\/runs\/x: .*only be read/],
  ['EACCES', { path: '/runs' }, 'DISK_NOT_ALLOWED', /may not open/],
  ['ENOENT', { path: '/gone' }, 'DISK_GONE', /^\/gone: It is not there/],
  ['EEXIST', { path: '/a/file', syscall: 'mkdir' }, 'DISK_GONE', /^\/a\/file: It is a file, where a folder is wanted/],
] as const)('says what the disk says: %s', (code, more, expected, words) => {
  expect(toFailure(thrown(code, more))).toMatchObject({
    code: expected,
    message: expect.stringMatching(words),
    reaction: 'stop-job',
  });
});

it('takes no network for a disk, and a bug for what it is', () => {
  expect(toFailure(thrown('EACCES', { syscall: 'connect' })).reaction).toBe('our-bug');
  expect(toFailure(new Error('what')).code).toBe('INTERNAL');
});
