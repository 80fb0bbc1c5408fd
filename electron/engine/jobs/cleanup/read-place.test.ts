import { afterEach, describe, expect, it } from 'vitest';
import { fakeServer, login, multistatus, response, type FakeServer } from '../../caldav/objects/server.fixture.ts';
import { openStore } from '../../caldav/objects/store.ts';
import { readRules } from '../../search/judge.ts';
import { ownerOf } from '../../search/owner.ts';
import { readPlace } from './read-place.ts';

let server: FakeServer;
afterEach(() => server.close());

const one = (uid: string, title: string): string =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20370105T090000Z\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`;
/** As an object that holds two events, which RFC 4791 §4.1 forbids and servers hold all the same. */
const BOTH = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${one('a', 'Spam')}${one('b', 'Spam too')}END:VCALENDAR\r\n`;

describe('an object with two events', () => {
  it.each([
    ['uid=*', ['a', 'b']],
    ['title=*too', ['b']],
  ])('gives each that %s names', async (rule, uids) => {
    server = await fakeServer(({ method }) => {
      const self = response('/cal/', '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>');
      if (method === 'PROPFIND') return multistatus(self, response('/cal/both.ics', '<D:getetag>"e"</D:getetag>'));
      const data = `<C:calendar-data>${BOTH.replaceAll('\r', '&#13;')}</C:calendar-data>`;
      return multistatus(response('/cal/both.ics', `<D:getetag>"e"</D:getetag>${data}`));
    });
    const store = openStore(`${server.origin}/cal/`, login(server.origin));
    const found: (string | undefined)[] = [];
    for await (const { looked } of readPlace(
      store,
      readRules({ rules: [rule], any: false }),
      ownerOf('alice', [], []),
    )) {
      found.push(...looked.map(({ summary }) => summary?.uid));
      expect(looked.every((each) => each.uids === 2)).toBe(true);
    }
    await store.close();
    expect(found).toEqual(uids);
  });
});
