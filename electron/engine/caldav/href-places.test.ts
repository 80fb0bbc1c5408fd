import { describe, expect, it } from 'vitest';
import { HrefPlaces, looseName, otherSpellings } from './href-places.ts';
import { collectionUrl } from './url.ts';

const calendar = 'https://dav.example.com/dav/cal/anna/team/';

describe('an href of an answer', () => {
  it.each([
    ['a path', '/dav/cal/anna/team/a.ics', 'a.ics'],
    ['an encoded slash', '/dav/cal/anna/team/room%2F42.ics', 'room%2F42.ics'],
    ['a slash in its name, as SOGo lists it', '/dav/cal/anna/team/a/b.ics', 'a%2Fb.ics'],
    ['a question mark', '/dav/cal/anna/team/what?now.ics', 'what%3Fnow.ics'],
    ['a number sign', '/dav/cal/anna/team/nr#5.ics', 'nr%235.ics'],
    ['a blank', '/dav/cal/anna/team/a b.ics', 'a%20b.ics'],
    ['a lone percent sign', '/dav/cal/anna/team/100%.ics', '100%25.ics'],
    ['a doubled slash', '/dav//cal/anna/team//a.ics', 'a.ics'],
    ['the prefix of a proxy stripped', '/cal/anna/team/a.ics', 'a.ics'],
    ['a prefix added', '/inner/dav/cal/anna/team/a.ics', 'a.ics'],
    ['another case of the user', '/cal/Anna/team/a.ics', 'a.ics'],
    ['another spelling of the user', '/dav/cal/%61nna/team/a%40b.ics', 'a%40b.ics'],
    ['an inner host', 'http://inner:8080/dav/cal/anna/team/a.ics', 'a.ics'],
    ['an inner host without a scheme', '//inner/dav/cal/anna/team/a.ics', 'a.ics'],
    ['a relative one', 'a.ics', 'a.ics'],
    ['octets that are no UTF-8', '/dav/cal/anna/team/%fc.ics', '%fc.ics'],
    ['letters beyond ASCII', '/dav/cal/anna/team/ü.ics', '%C3%BC.ics'],
  ])('is an object: %s', (_what, href, name) => {
    expect(new HrefPlaces(collectionUrl(calendar)).place(href)).toEqual({ path: `/dav/cal/anna/team/${name}` });
  });

  it.each([
    ['of somebody else', '/dav/cal/bob/team/a.ics'],
    ['of another calendar', '/dav/cal/anna/home/a.ics'],
    ['that climbs', '/dav/cal/anna/team/../../bob/a.ics'],
    ['that climbs, escaped', '/dav/cal/anna/team/..%2F..%2Fbob%2Fa.ics'],
    ['with a line end in it', '/dav/cal/anna/team/a%0D%0A.ics'],
    ['of mail', 'mailto:anna@example.com'],
    ['that is empty', ''],
  ])('is none: one %s', (_what, href) => {
    expect(new HrefPlaces(collectionUrl(calendar)).place(href)).toBeNull();
  });

  it('is the collection itself, under the name that the answer gives it', () => {
    const places = new HrefPlaces(collectionUrl(calendar));
    expect(places.place('/dav/cal/anna/team')).toBe('self');
    expect(places.place('/u/4711/c/9/x.ics')).toBeNull();
    places.learn('/u/4711/c/9/');
    expect(places.place('/u/4711/c/9/x.ics')).toEqual({ path: '/dav/cal/anna/team/x.ics' });
    expect(places.place('/u/4711/c/9')).toBe('self');
    expect(places.place('/anna/team/')).toBe('self');
  });

  it('keeps an address with two slashes, and takes no other host for it', () => {
    const places = new HrefPlaces(collectionUrl('https://dav.example.com//anna/team/'));
    expect(places.place('/anna/team/a.ics')).toEqual({ path: '//anna/team/a.ics' });
    expect(places.place('//anna/team/a.ics')).toEqual({ path: '//anna/team/a.ics' });
    expect(places.place('//bob/other/a.ics')).toBeNull();
  });
});

describe('another spelling', () => {
  it('undoes one encoding too many, and one that the server does not want', () => {
    expect(otherSpellings('/c/a%2540b.ics')).toEqual(['/c/a%40b.ics']);
    expect(otherSpellings('/c/a%2Fb.ics')).toEqual(['/c/a/b.ics']);
    expect(otherSpellings('/c/a.ics')).toEqual([]);
    expect(otherSpellings('/c/%252e%252e')).toEqual([]);
  });

  it('is the same name, read loosely', () => {
    expect(looseName('/c/a%2540b.ics')).toBe(looseName('/c/a@b.ics'));
    expect(looseName('/c/a.ics')).not.toBe(looseName('/c/b.ics'));
  });
});
