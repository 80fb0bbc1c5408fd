import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from './practice-limits.ts';
import { runClient, usePractice, type PracticeProcess } from './practice-process.ts';

/** The practice server under curl: the draft's two headers as they come over the wire, and HTTP as curl speaks it. */

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');
const MEETING = (uid: string, summary = 'Meeting'): string =>
  lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20270101T000000Z',
    'DTSTART:20270301T100000Z',
    'DTEND:20270301T110000Z',
    `SUMMARY:${summary}`,
    'ORGANIZER:mailto:alice@example.com',
    'ATTENDEE:mailto:bob@example.com',
    'ATTENDEE:mailto:eve@elsewhere.test',
    'END:VEVENT',
    'END:VCALENDAR',
  );
const TYPE = 'Content-Type: text/calendar; charset=utf-8';
const SILENT = 'Scheduling: none';
const ALL = ['REQUEST imip eve@elsewhere.test', 'REQUEST inbox bob@example.com'];

interface Curled {
  readonly status: number;
  /** The header lines as received. */
  readonly head: string;
  readonly text: string;
}

/** Runs curl once. `headers` are whole lines; a line may hold a fold. */
async function curl(
  server: PracticeProcess,
  method: string,
  url: string,
  options: { readonly headers?: readonly string[]; readonly body?: string; readonly flags?: readonly string[] } = {},
): Promise<Curled> {
  const { headers = [], body, flags = [] } = options;
  const [head, text] = [path.join(server.folder, 'head'), path.join(server.folder, 'text')];
  writeFileSync(text, '');
  const data = body === undefined ? [] : ['--data-binary', '@-'];
  const args = ['-sS', '-u', `alice:${server.password}`, '-X', method, '-D', head, '-o', text, '-w', '%{http_code}'];
  const sent = headers.flatMap((line) => ['-H', line]);
  const { stdout, stderr } = await runClient('curl', [...args, ...sent, ...flags, ...data, url], { input: body ?? '' });
  if (stdout === '') throw new Error(stderr);
  return { status: Number(stdout), head: readFileSync(head, 'utf8'), text: readFileSync(text, 'utf8') };
}

describe('the draft’s headers', () => {
  const server = usePractice();
  const OWN = 'mailto:alice@example.com';
  const REFUSED: readonly (readonly [name: string, headers: readonly string[], status: number, element: string])[] = [
    ['the mode twice, the same', [SILENT, SILENT], 400, 'valid-scheduling'],
    ['the mode twice, different', [SILENT, 'Scheduling: all'], 400, 'valid-scheduling'],
    ['the mode twice, names in different case', [SILENT, 'SCHEDULING: none'], 400, 'valid-scheduling'],
    ['no mode in the header', ['Scheduling;'], 400, 'valid-scheduling'],
    ['a list of modes', ['Scheduling: none, all'], 400, 'valid-scheduling'],
    ['a list with an empty part', ['Scheduling: none,'], 400, 'valid-scheduling'],
    ['a quoted mode', ['Scheduling: "none"'], 400, 'valid-scheduling'],
    ['a mode with a parameter', ['Scheduling: none; q=1'], 400, 'valid-scheduling'],
    ['a mode with a comment', ['Scheduling: none (please)'], 400, 'valid-scheduling'],
    ['an unknown mode', ['Scheduling: nobody'], 501, 'supported-scheduling'],
    ['an underscore for the hyphen', ['Scheduling: internal_only'], 501, 'supported-scheduling'],
    ['an extension', ['Scheduling: X-Quiet'], 501, 'supported-scheduling'],
    [
      'the address twice',
      [`Schedule-User-Address: ${OWN}`, `Schedule-User-Address: ${OWN}`],
      400,
      'valid-schedule-user-address',
    ],
    ['no address in the header', ['Schedule-User-Address;'], 400, 'valid-schedule-user-address'],
    ['an address without a scheme', ['Schedule-User-Address: alice@example.com'], 400, 'valid-schedule-user-address'],
    ['an address in angle brackets', [`Schedule-User-Address: <${OWN}>`], 400, 'valid-schedule-user-address'],
    ['two addresses in one line', [`Schedule-User-Address: ${OWN}, mailto:x@y`], 400, 'valid-schedule-user-address'],
    ['letters beyond ASCII', ['Schedule-User-Address: mailto:zoë@example.com'], 400, 'valid-schedule-user-address'],
    [
      'the address of somebody else',
      ['Schedule-User-Address: mailto:bob@example.com'],
      403,
      'allowed-schedule-user-address',
    ],
    [
      'somebody else’s address, and silence',
      [SILENT, 'Schedule-User-Address: mailto:bob@example.com'],
      403,
      'allowed-schedule-user-address',
    ],
  ];
  const TAKEN: readonly (readonly [name: string, headers: readonly string[], notified: readonly string[]])[] = [
    ['no header', [], ALL],
    ['all', ['Scheduling: all'], ALL],
    ['none', [SILENT], []],
    ['name and value in another case', ['sCHEDULING: NoNe'], []],
    ['no space after the colon', ['Scheduling:none'], []],
    ['spaces and a tab around the value', ['Scheduling: \t none  '], []],
    ['internal-only', ['Scheduling: internal-only'], []],
    ['external-only', ['Scheduling: External-Only'], ['REQUEST imip eve@elsewhere.test']],
    ['an own address in another case', ['Schedule-User-Address: MAILTO:Alice@EXAMPLE.com'], ALL],
    ['an own address that the meeting does not have', ['Schedule-User-Address: mailto:alice.archer@example.com'], []],
    ['the principal’s path is no URI but the other address is', [SILENT, `Schedule-User-Address: ${OWN}`], []],
    [
      'names that mean something elsewhere',
      ['X-Scheduling: none', 'Scheduling-Enabled: F', 'X-NC-Scheduling: false'],
      ALL,
    ],
    ['Schedule-Reply: F on PUT', ['Schedule-Reply: F'], ALL],
  ];
  const DISPLAY =
    '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><D:displayname>Spoiled</D:displayname></D:prop></D:set></D:propertyupdate>';
  let kept = '';
  beforeAll(async () => {
    kept = `${server().calendar('alice')}kept.ics`;
    await curl(server(), 'PUT', kept, { headers: [TYPE, SILENT], body: MEETING('kept') });
  });

  it.each(REFUSED)(
    '%s: refused on every method that writes, and nothing happens',
    async (_name, headers, status, element) => {
      const calendar = server().calendar('alice');
      const answers = [
        await curl(server(), 'PUT', `${calendar}new.ics`, { headers: [TYPE, ...headers], body: MEETING('new') }),
        await curl(server(), 'PUT', kept, { headers: [TYPE, ...headers], body: MEETING('kept', 'Spoiled') }),
        await curl(server(), 'DELETE', kept, { headers }),
        await curl(server(), 'PROPPATCH', calendar, { headers, body: DISPLAY }),
        await curl(server(), 'MKCALENDAR', `${server().home('alice')}new/`, { headers }),
        await curl(server(), 'MOVE', kept, { headers: [...headers, `Destination: ${calendar}moved.ics`] }),
        await curl(server(), 'COPY', kept, { headers: [...headers, `Destination: ${server().home('alice')}x/y.ics`] }),
      ];
      for (const answer of answers)
        expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(`<H:${element}/>`)]);
      expect((await curl(server(), 'GET', kept)).text).toBe(MEETING('kept'));
      expect((await curl(server(), 'GET', `${calendar}new.ics`)).status).toBe(404);
      expect((await curl(server(), 'GET', `${server().home('alice')}new/`)).status).toBe(404);
      expect(await server().notified()).toEqual([]);
    },
  );
  it('a folded mode: refused, and nothing happens', async () => {
    const target = `${server().calendar('alice')}folded.ics`;
    const { status, text } = await curl(server(), 'PUT', target, {
      headers: [TYPE, 'Scheduling: internal-\r\n only'],
      body: MEETING('folded'),
    });
    // RFC 9112 §5.2: the transport itself refuses a fold, before anybody reads the header.
    expect([status, text]).toEqual([400, '']);
    expect((await curl(server(), 'GET', target)).status).toBe(404);
    expect(await server().notified()).toEqual([]);
  });
  it.each(TAKEN)('%s: taken', async (name, headers, notified) => {
    const uid = name.replaceAll(/\W/g, '-');
    const target = `${server().calendar('alice')}${uid}.ics`;
    const stored = await curl(server(), 'PUT', target, { headers: [TYPE, ...headers], body: MEETING(uid) });
    expect([stored.status, await server().notified()]).toEqual([201, notified]);
  });
  it('reading does not look at them', async () => {
    const { status } = await curl(server(), 'GET', kept, { headers: ['Scheduling: nobody', SILENT] });
    expect(status).toBe(200);
  });
  it('without a login the login is asked for first', async () => {
    const answer = await curl(server(), 'PUT', kept, {
      headers: [TYPE, SILENT, SILENT],
      body: 'x',
      flags: ['-u', 'alice:wrong'],
    });
    expect([answer.status, answer.text]).toEqual([401, expect.not.stringContaining('scheduling')]);
  });
  it('OPTIONS of each kind of place announces the token, on several DAV lines', async () => {
    for (const place of ['', 'default/', 'default/none.ics', 'inbox/', 'outbox/']) {
      const { head } = await curl(server(), 'OPTIONS', server().home('alice') + place);
      const dav = [...head.matchAll(/^DAV: (.*)\r$/gim)].map((match) => match[1] ?? '');
      expect([place, dav.length > 1, dav.join(', ').split(', ')]).toEqual([
        place,
        true,
        expect.arrayContaining(['scheduling-controls']),
      ]);
    }
  });
});

describe('HTTP', () => {
  const server = usePractice();
  const own = (name: string): string => server().calendar('alice') + name;
  const put = (name: string, body: string, flags: readonly string[] = [], headers: readonly string[] = []) =>
    curl(server(), 'PUT', own(name), { headers: [TYPE, SILENT, ...headers], body, flags });

  it('finds its way from the well-known address', async () => {
    const found = await curl(server(), 'PROPFIND', `${server().origin}/.well-known/caldav`, {
      headers: ['Depth: 0'],
      // A body that goes with the redirect (RFC 6764 §6).
      flags: ['-L', '--post301'],
      body: '<D:propfind xmlns:D="DAV:"><D:prop><D:current-user-principal/></D:prop></D:propfind>',
    });
    expect([found.status, found.text]).toEqual([207, expect.stringContaining('/dav/principals/alice/')]);
  });
  it.each([
    ['a body in chunks', ['-H', 'Transfer-Encoding: chunked']],
    ['HTTP/1.0', ['-0']],
    ['a wait for 100 Continue', ['-H', 'Expect: 100-continue']],
    ['a connection that is closed', ['-H', 'Connection: close']],
  ])('takes %s, byte by byte', async (name, flags) => {
    const text = MEETING(name, 'Zoë 🎉').replace('SUMMARY', 'X-Odd;P="a;b:c":\\,\r\nsummary');
    expect((await put(`${name.replaceAll(/\W/g, '')}.ics`, text, flags)).status).toBe(201);
    expect(
      (await curl(server(), 'GET', own(`${name.replaceAll(/\W/g, '')}.ics`), { flags: ['--compressed'] })).text,
    ).toBe(text);
  });
  it('takes 2 MB', async () => {
    const text = MEETING('large', 'x'.repeat(2_000_000));
    expect((await put('large.ics', text)).status).toBe(201);
    expect((await curl(server(), 'GET', own('large.ics'))).text).toBe(text);
  });
  it('keeps curl’s own conditions: --etag-save, --etag-compare', async () => {
    await put('etag.ics', MEETING('etag'));
    const tag = path.join(server().folder, 'tag');
    await curl(server(), 'GET', own('etag.ics'), { flags: ['--etag-save', tag] });
    expect((await curl(server(), 'GET', own('etag.ics'), { flags: ['--etag-compare', tag] })).status).toBe(304);
    const known = readFileSync(tag, 'utf8').trim();
    expect((await put('etag.ics', MEETING('etag', 'B'), [], [`If-Match: ${known}`])).status).toBe(204);
    expect((await put('etag.ics', MEETING('etag', 'C'), [], [`If-Match: ${known}`])).status).toBe(412);
    expect((await put('etag.ics', MEETING('etag', 'C'), [], ['If-None-Match: *'])).status).toBe(412);
  });
  it('HEAD says what GET would, without a body', async () => {
    await put('head.ics', MEETING('head'));
    const { status, head, text } = await curl(server(), 'HEAD', own('head.ics'), { flags: ['-I'] });
    expect([status, text.includes('BEGIN')]).toEqual([200, false]);
    expect(head).toMatch(new RegExp(`content-length: ${MEETING('head').length}\\r`, 'i'));
  });
});

describe('what is not offered', () => {
  const server = usePractice();
  beforeAll(async () => {
    await curl(server(), 'MKCOL', `${server().home('alice')}folder/`);
  });
  it.each(LIMITS.map((limit) => [limit.what, limit] as const))('%s', async (_what, limit) => {
    const { headers = [], body = '', method } = limit;
    const { status, text } = await curl(server(), method, server().home('alice') + limit.path, { headers, body });
    expect([status, text]).toEqual([limit.status, expect.stringContaining(limit.says)]);
  });
});
