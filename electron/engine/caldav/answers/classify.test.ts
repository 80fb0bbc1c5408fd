import { describe, expect, it } from 'vitest';
import { classifyWrite, strongETag, type Sent } from './classify.ts';

const dav = (inner: string): string =>
  `<?xml version="1.0"?><D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">${inner}</D:error>`;
const element = (name: string): string => dav(`<C:${name}/>`);
const xandikos = (status: string, error: string, words: string): string =>
  '<ns0:multistatus xmlns:ns0="DAV:" xmlns:ns1="urn:ietf:params:xml:ns:caldav"><ns0:response>' +
  `<ns0:href>http%3A//127.0.0.1%3A8080/cal/x.ics</ns0:href><ns0:status>HTTP/1.1 ${status}</ns0:status>` +
  `<ns0:error>${error}</ns0:error><ns0:responsedescription>${words}</ns0:responsedescription></ns0:response></ns0:multistatus>`;

const put: Sent = { method: 'PUT', headers: { 'if-match': '"a"' } };
const create: Sent = { method: 'PUT', headers: { 'If-None-Match': '*' } };
const remove: Sent = { method: 'DELETE', headers: {} };
const asAnna: Sent = { method: 'PUT', headers: { 'Schedule-User-Address': 'mailto:anna@example.com' } };

describe('what a server refuses', () => {
  it.each([
    // server and case, status, body, sent, element, reaction
    ['RFC 4791, broken data', 403, element('valid-calendar-data'), put, 'valid-calendar-data', 'skip-item'],
    [
      'sabre, broken data by status',
      415,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>X</s:exception></d:error>',
      put,
      null,
      'skip-item',
    ],
    ['Stalwart, size by 412', 412, element('max-resource-size'), put, 'max-resource-size', 'skip-item'],
    [
      'DAViCal, media type by 412',
      412,
      element('supported-calendar-data'),
      put,
      'supported-calendar-data',
      'skip-item',
    ],
    [
      'Cyrus, UID elsewhere',
      403,
      element('unique-scheduling-object-resource'),
      put,
      'unique-scheduling-object-resource',
      'skip-item',
    ],
    ['Radicale, UID conflict', 409, element('no-uid-conflict'), put, 'no-uid-conflict', 'skip-item'],
    ['SOGo, UID conflict in words', 409, 'Event UID already in use. (some-uid)', put, 'no-uid-conflict', 'skip-item'],
    [
      'Nextcloud, UID conflict in words',
      400,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:message>Calendar object with uid already exists in this calendar collection.</s:message></d:error>',
      put,
      'no-uid-conflict',
      'skip-item',
    ],
    [
      'Nextcloud up to 25, UID in the trash bin',
      400,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>Sabre\\DAV\\Exception\\BadRequest</s:exception><s:message>Deleted calendar object with uid already exists in this calendar collection.</s:message></d:error>',
      create,
      'uid-in-trash',
      'skip-item',
    ],
    [
      'Nextcloud, name in the trash bin',
      403,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:message>A calendar object with URI my-uid-deleted.ics already exists in calendar 23, therefore this object can\'t be moved into the trashbin</s:message></d:error>',
      remove,
      'name-in-trash',
      'skip-item',
    ],
    [
      'Xandikos, UID conflict in a 207',
      207,
      xandikos('412 Precondition Failed', '<ns1:no-uid-conflict/>', 'UID already in use.'),
      put,
      'no-uid-conflict',
      'skip-item',
    ],
    [
      'Xandikos, broken data in a 207',
      207,
      xandikos('403 Forbidden', '<ns1:valid-calendar-data/>', 'No'),
      put,
      'valid-calendar-data',
      'skip-item',
    ],
    [
      'component of the wrong kind',
      403,
      element('supported-calendar-component'),
      put,
      'supported-calendar-component',
      'skip-item',
    ],
    ['too many guests', 403, element('max-attendees-per-instance'), put, 'max-attendees-per-instance', 'skip-item'],
    [
      'Cyrus, organizer changed',
      403,
      element('allowed-attendee-scheduling-object-change'),
      put,
      'allowed-attendee-scheduling-object-change',
      'skip-item',
    ],
    [
      'no rights',
      403,
      dav('<D:need-privileges><D:resource><D:href>/x</D:href></D:resource></D:need-privileges>'),
      put,
      'need-privileges',
      'stop-job',
    ],
    ['quota by element', 507, dav('<D:quota-not-exceeded/>'), put, 'quota-not-exceeded', 'stop-job'],
    [
      'calendar full',
      403,
      '<D:error xmlns:D="DAV:"><max-resources xmlns="http://calendarserver.org/ns/"/></D:error>',
      put,
      'max-resources',
      'stop-job',
    ],
    [
      'element of another namespace',
      403,
      '<D:error xmlns:D="DAV:"><h:allowed-schedule-user-address xmlns:h="urn:x"/></D:error>',
      asAnna,
      'allowed-schedule-user-address',
      'stop-job',
    ],
    ['refused without an element while acting as somebody', 403, '', asAnna, null, 'skip-item'],
    ['plain 403', 403, '', put, null, 'skip-item'],
    ['mode not understood', 501, '', put, null, 'stop-job'],
    ['header not understood', 400, 'Bad value in the Scheduling header', put, null, 'stop-job'],
    ['Radicale, garbage', 400, 'Bad Request', put, null, 'skip-item'],
    ['login expired', 401, '', put, null, 'stop-job'],
    ['calendar gone', 404, '', put, null, 'skip-item'],
    ['entry gone', 404, '', remove, null, 'skip-item'],
    ['read-only place', 405, '', put, null, 'stop-job'],
    ['parent missing', 409, '', put, null, 'skip-item'],
    ['changed meanwhile', 412, '', put, null, 'skip-item'],
    ['already there', 412, '', create, null, 'skip-item'],
    [
      'proxy limit',
      413,
      '<html><head><title>413 Request Entity Too Large</title></head></html>',
      put,
      null,
      'skip-item',
    ],
    ['proxy, misdirected', 421, '', put, null, 'stop-job'],
    ['no room', 507, '', put, null, 'stop-job'],
    ['something new', 418, '', put, null, 'skip-item'],
  ] as const)('%s', (_what, status, body, sent, name, reaction) => {
    const result = classifyWrite(status, {}, body, sent);
    expect(result).toMatchObject({ kind: 'refused', element: name, reaction });
    expect(result.kind === 'refused' ? result.message : '').toMatch(/^[A-Z][^<>]*[.")]$/);
  });
});

describe('an event over a limit of what stands before the calendar', () => {
  // nginx 1.22.1 of Debian 12, as recorded.
  const nginx =
    '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

  it.each([
    ['nginx', nginx, 1_100_000, 'This event (1.1 MB) is larger than nginx, which stands before this server'],
    [
      'somebody',
      'Request Entity Too Large',
      1_100_000,
      '(1.1 MB) is larger than the server, or a proxy before it, takes',
    ],
    ['somebody, of a small one', '', 300, 'This event is larger than the server, or a proxy before it, takes'],
  ])('%s: its size, whose limit it is, what to do', (_who, body, octets, words) => {
    const result = classifyWrite(413, { server: 'nginx' }, body, { ...create, octets });
    expect(result).toMatchObject({
      kind: 'refused',
      reaction: 'skip-item',
      message: expect.stringContaining(words) as string,
    });
    expect(result).toMatchObject({ message: expect.stringMatching(/raised there.*then try again\./) as string });
  });

  it('of the calendar itself has an element, and its own words', () => {
    const body = element('max-resource-size');
    expect(classifyWrite(403, {}, body, create)).toMatchObject({ element: 'max-resource-size', reaction: 'skip-item' });
  });
});

describe('what is to be tried again, and what must be read', () => {
  it.each([
    ['too many requests', 429, { 'retry-after': '7' }, '', { kind: 'later', seconds: 7 }],
    ['busy', 503, {}, '', { kind: 'later', seconds: null }],
    ['locked', 423, {}, '', { kind: 'later' }],
    ['request timeout', 408, {}, '', { kind: 'later' }],
    [
      'Google, limits by 403',
      403,
      {},
      '{"error":{"errors":[{"domain":"usageLimits","reason":"rateLimitExceeded"}]}}',
      { kind: 'later' },
    ],
    ['server failed', 500, {}, 'Fatal Error', { kind: 'lost' }],
    ['gateway failed', 502, {}, '', { kind: 'lost' }],
    ['gateway timeout', 504, {}, '', { kind: 'lost' }],
    ['a 207 that says nothing', 207, {}, '<not', { kind: 'lost' }],
    ['a failure with an element is no mystery', 500, {}, element('valid-calendar-data'), { kind: 'refused' }],
  ] as const)('%s', (_what, status, headers, body, expected) => {
    expect(classifyWrite(status, headers, body)).toMatchObject(expected);
  });
});

describe('what is done', () => {
  it.each([
    [201, { etag: '"a"', 'schedule-tag': '"s"' }, '', { etag: '"a"', scheduleTag: '"s"' }],
    [204, {}, '', { etag: null, scheduleTag: null }],
    [200, { etag: 'W/"a"' }, '', { etag: null }],
    [207, { etag: '"a"' }, xandikos('201 Created', '', ''), { etag: '"a"' }],
  ] as const)('%s %o', (status, headers, body, expected) => {
    expect(classifyWrite(status, headers, body)).toMatchObject({ kind: 'done', status, ...expected });
  });
});

describe('details', () => {
  it.each([
    ['valid-scheduling', 400, 'does not understand who shall be notified'],
    ['supported-scheduling', 501, 'does not know this way of deciding who is notified'],
    ['valid-schedule-user-address', 400, 'does not understand the address to act as'],
    [
      'allowed-schedule-user-address',
      403,
      'does not let you act as mailto:anna@example.com. It is not an address of the owner',
    ],
  ])('the draft, %s: stops the run with one clear sentence', (name, status, words) => {
    const body = `<D:error xmlns:D="DAV:"><H:${name} xmlns:H="urn:x"/><H:reason xmlns:H="urn:x">Why.</H:reason></D:error>`;
    const result = classifyWrite(status, {}, body, asAnna);
    expect(result).toMatchObject({ kind: 'refused', element: name, reaction: 'stop-job' });
    expect(result).toMatchObject({ message: expect.stringContaining(words) });
  });

  it('gives the href of a UID conflict', () => {
    const body = dav('<C:no-uid-conflict><D:href>/cal/other.ics</D:href></C:no-uid-conflict>');
    expect(classifyWrite(403, {}, body)).toMatchObject({ conflictHref: '/cal/other.ics' });
  });

  it("quotes the server's own words without markup, shortened", () => {
    const body = `<html><head><style>p{}</style></head><body><h1>Sorry</h1><script>alert(1)</script>${'long '.repeat(200)}</body></html>`;
    const result = classifyWrite(418, {}, body);
    const message = result.kind === 'refused' ? result.message : '';
    expect(message).toMatch(/The server says: "Sorry long long/);
    expect(message).not.toMatch(/[<>]|alert|p\{\}/);
    expect(message.length).toBeLessThan(320);
  });

  it.each([
    ['"a"', '"a"'],
    ['a-b', '"a-b"'],
    ['W/"a"', null],
    ['w/"a"', null],
    ['', null],
    ['"a\r\nX: y"', null],
  ])('entity tag %j', (text, tag) => {
    expect(strongETag(text)).toBe(tag);
  });
});
