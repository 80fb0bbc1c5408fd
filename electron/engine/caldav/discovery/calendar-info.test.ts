import { describe, expect, it } from 'vitest';
import { isWritableKind } from './calendar-info.ts';
import { parseMultistatus } from '../answers/multistatus.ts';

function kind(types: string): boolean {
  const responses = parseMultistatus(
    '<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">' +
      `<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/>${types}</D:resourcetype>` +
      '</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>',
  );
  const response = responses?.[0];
  if (response === undefined) throw new Error('no response');
  return isWritableKind(response);
}

describe('isWritableKind', () => {
  it.each([
    ['a calendar', '<C:calendar/>', true],
    ["SOGo's personal calendar", '<C:calendar/><C:schedule-outbox/>', true],
    ['an inbox', '<C:schedule-inbox/>', false],
    ['an inbox that calls itself a calendar', '<C:calendar/><C:schedule-inbox/>', false],
    ['an outbox', '<C:schedule-outbox/>', false],
    ['a subscription', '<C:calendar/><S:subscribed/>', false],
    ['a plain folder', '', false],
  ])('%s', (_name, types, expected) => {
    expect(kind(types)).toBe(expected);
  });
});
