import { describe, expect, it } from 'vitest';
import {
  collectionKey,
  collectionPathKey,
  collectionUrl,
  hrefForUid,
  isInside,
  objectPath,
  pathKey,
  serverUrl,
} from './url.ts';

const collection = collectionUrl('https://dav.example.com/cal/alice/My%20Calendar');

describe('objects of a collection', () => {
  it.each([
    ['a path', '/cal/alice/My%20Calendar/a.ics', '/cal/alice/My%20Calendar/a.ics'],
    ['an absolute URL', 'https://dav.example.com/cal/alice/My%20Calendar/a.ics', '/cal/alice/My%20Calendar/a.ics'],
    [
      'another host, as a proxy writes it',
      'http://inner:8080/cal/alice/My%20Calendar/a.ics',
      '/cal/alice/My%20Calendar/a.ics',
    ],
    ['other escapes', '/cal/%61lice/My%20Calendar/x%40y.ics', '/cal/%61lice/My%20Calendar/x%40y.ics'],
    ['a raw space', '/cal/alice/My Calendar/a.ics', '/cal/alice/My%20Calendar/a.ics'],
    ['letters beyond ASCII', '/cal/alice/My%20Calendar/ü.ics', '/cal/alice/My%20Calendar/%C3%BC.ics'],
    ['an encoded slash', '/cal/alice/My%20Calendar/a%2Fb.ics', '/cal/alice/My%20Calendar/a%2Fb.ics'],
    ['what looks like a query', '/cal/alice/My%20Calendar/a?b.ics', '/cal/alice/My%20Calendar/a%3Fb.ics'],
    ['what looks like a fragment', '/cal/alice/My%20Calendar/a#b.ics', '/cal/alice/My%20Calendar/a%23b.ics'],
    ['a lone percent sign', '/cal/alice/My%20Calendar/5%.ics', '/cal/alice/My%20Calendar/5%25.ics'],
  ])('takes %s', (_what, href, path) => {
    expect(objectPath(href, collection)).toBe(path);
  });

  it.each([
    ['the collection itself', '/cal/alice/My%20Calendar/'],
    ['a neighbour', '/cal/alice/My%20Calendar2/a.ics'],
    ['something deeper', '/cal/alice/My%20Calendar/b/a.ics'],
    ['climbing', '/cal/alice/My%20Calendar/../../bob/a.ics'],
    ['climbing, escaped', '/cal/alice/My%20Calendar/..%2Fbob%2Fa.ics'],
    ['climbing by URL', 'https://dav.example.com/cal/alice/My%20Calendar/../x.ics'],
    ['dots', '/cal/alice/My%20Calendar/..'],
    ['another host', '//evil.test/cal/x.ics'],
    ['a second line', '/cal/alice/My%20Calendar/a.ics\r\nX: y'],
    ['nothing', ''],
  ])('refuses %s', (_what, href) => {
    expect(() => objectPath(href, collection)).toThrow('does not lie in the calendar');
  });

  it.each([['a'], ['//evil.test/x'], ['../../up'], ['a/b?c#d'], ['\u0000'], ['x'.repeat(5000)], ['ünïcødé']])(
    'makes an address inside for the UID %j',
    (uid) => {
      const href = hrefForUid(uid, collection);
      expect(href).toMatch(/^\/cal\/alice\/My%20Calendar\/[0-9a-f]{40}\.ics$/);
      expect(isInside(href, collection.path)).toBe(true);
      expect(hrefForUid(uid, collection)).toBe(href);
    },
  );

  it('compares paths in one spelling', () => {
    expect(pathKey('/cal/%61/x%40y.ics')).toBe(pathKey('/cal/a/x@y.ics'));
    expect(pathKey('/cal/a%2fb')).toBe(pathKey('/cal/a%2Fb'));
    expect(pathKey('/cal/a%2Fb')).not.toBe(pathKey('/cal/a/b'));
    expect(pathKey('/cal/100%')).toBe(pathKey('/cal/100%25'));
    expect(pathKey('/cal/a?b #c')).toBe(pathKey('/cal/a%3Fb%20%23c'));
    expect(pathKey('/cal//a')).toBe(pathKey('/cal/a'));
    expect(pathKey('/cal/%fc%41')).toBe(pathKey('/cal/%FCA'));
    expect(pathKey('/cal/%fc')).not.toBe(pathKey('/cal/%fd'));
  });
});

describe('the address of a server', () => {
  it.each([
    ['dav.example.com', 'https://dav.example.com/'],
    ['  dav.example.com:8443/dav ', 'https://dav.example.com:8443/dav'],
    ['https://dav.example.com/dav/', 'https://dav.example.com/dav/'],
    ['localhost:5232', 'http://localhost:5232/'],
    ['127.0.0.1:8080/dav', 'http://127.0.0.1:8080/dav'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
    ['https://localhost/', 'https://localhost/'],
  ])('%s', (typed, url) => {
    expect(serverUrl(typed).href).toBe(url);
  });

  it.each([
    ['http://dav.example.com/', 'SERVER_INSECURE'],
    ['http://127.0.0.1.evil.test/', 'SERVER_INSECURE'],
    ['ftp://dav.example.com/', 'URL_INVALID'],
    ['https://anna:secret@dav.example.com/', 'URL_INVALID'],
    ['https://dav.example.com/?x=1', 'URL_INVALID'],
    ['', 'URL_INVALID'],
    ['two words', 'URL_INVALID'],
  ])('refuses %s', (typed, code) => {
    expect(() => serverUrl(typed)).toThrow(expect.objectContaining({ failure: expect.objectContaining({ code }) }));
  });

  it('does not repeat a password that was typed into the address', () => {
    expect(() => serverUrl('https://anna:secret@dav.example.com/')).toThrow(/^(?!.*secret)/);
  });
});

it('two spellings of the URL of one calendar have one key, and two servers never', () => {
  const key = collectionKey('https://cal.example.com/dav/anna/w%C3%B6rk/');
  expect(collectionKey('HTTPS://Cal.example.com:443/dav//anna/w%c3%b6rk')).toBe(key);
  expect(collectionKey('https://cal.example.com/dav/%61nna/wörk')).toBe(key);
  expect(collectionKey('https://cal.example.com:8443/dav/anna/w%C3%B6rk/')).not.toBe(key);
  expect(collectionKey('https://cal.example.com/dav/anna/work/')).not.toBe(key);
  expect(collectionPathKey('/dav/anna')).toBe(collectionPathKey('/dav/%61nna/'));
  expect(collectionPathKey('/dav/anna')).not.toBe(collectionPathKey('/dav/ann'));
});
