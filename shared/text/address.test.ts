import { describe, expect, test } from 'vitest';
import { isLoopback, lastSegment, originOf, withScheme } from './address.ts';

describe('originOf', () => {
  test.each([
    ['https://cal.example.com/dav/anna/', 'https://cal.example.com'],
    ['HTTPS://Cal.Example.com:443', 'https://cal.example.com'],
    ['https://anna:secret@cal.example.com/', 'https://cal.example.com'],
    ['cal.example.com', 'https://cal.example.com'],
    [' cal.example.com/dav ', 'https://cal.example.com'],
    ['cal.example.com:8443/dav', 'https://cal.example.com:8443'],
    ['localhost:5232', 'http://localhost:5232'],
    ['127.0.0.1:8080/dav/', 'http://127.0.0.1:8080'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['https://localhost', 'https://localhost'],
  ])('%s lies at %s', (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });

  test.each(['', 'not a host', 'https://', 'ftp://cal.example.com', 'app://hushcal'])(
    '"%s" is no web address and stands for itself',
    (typed) => {
      expect(originOf(typed)).toBe(typed);
    },
  );
});

test('a scheme is added only where there is none', () => {
  expect(withScheme('http://cal.example.com')).toBe('http://cal.example.com');
  expect(withScheme('ftp://cal.example.com')).toBe('ftp://cal.example.com');
  expect(withScheme('localhost.example.com')).toBe('https://localhost.example.com');
});

test('this machine has several names, and a name that only begins alike is none', () => {
  for (const host of ['localhost', 'LOCALHOST', 'dav.localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
    expect(isLoopback(host)).toBe(true);
  }
  for (const host of ['localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', '[::2]']) {
    expect(isLoopback(host)).toBe(false);
  }
});

test.each([
  ['/cal/anna/work/', 'work'],
  ['/cal/anna/B%C3%BCro.ics', 'Büro.ics'],
  ['https://cal.example.com/anna/team%20a//', 'team a'],
  ['/cal/100%', '100%'],
  ['/cal/%fc', '%fc'],
  ['/cal/a%0Ab', 'a%0Ab'],
  ['/', '/'],
  ['https://cal.example.com', 'https://cal.example.com'],
])('the name of %s is %s', (address, name) => {
  expect(lastSegment(address)).toBe(name);
});

test('an address without a segment has the name that is given', () => {
  expect(lastSegment('https://cal.example.com/', '')).toBe('');
  expect(lastSegment('', 'calendar')).toBe('calendar');
});
