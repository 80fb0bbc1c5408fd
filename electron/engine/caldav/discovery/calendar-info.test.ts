import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressesOf, isWritableKind } from './calendar-info.ts';
import { parseMultistatus, propOf } from '../answers/multistatus.ts';
import { CALDAV } from '../answers/xml.ts';

const FACES = path.resolve(import.meta.dirname, '../../scheduling/profiles/faces');

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

describe('addressesOf', () => {
  it('reads an address that a server quotes as if it were a path (recorded: Xandikos master)', () => {
    const face = readFileSync(path.join(FACES, 'xandikos-master-f61f963-2026-05.json'), 'utf8');
    const { answers } = z
      .object({ answers: z.array(z.object({ body: z.string().optional() })) })
      .parse(JSON.parse(face));
    const sets = answers.flatMap(({ body }) => {
      const set = propOf(parseMultistatus(body ?? '')?.[0], CALDAV, 'calendar-user-address-set');
      return set === null ? [] : [addressesOf(set)];
    });
    expect(sets).toEqual([['mailto:alice@example.com']]);
  });
});
