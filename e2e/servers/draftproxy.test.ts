import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { meetingText } from './draft-table.ts';
import { draftOrigin, PEOPLE } from './draft-over-cyrus.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { emptyEverything, objectsOf } from './observe.ts';
import { plainClient } from './plain-http.ts';

/**
 * The errors that the draft leaves open, as draftproxy.py answers them: each with an XML element and nothing stored.
 * Written on raw sockets, since a client library would not send most of this.
 */
const server = useServer('cyrus');

const REFUSED: readonly (readonly [name: string, headers: readonly string[], status: number, element: string])[] = [
  ['the mode twice, the same', ['Scheduling: none', 'Scheduling: none'], 400, 'valid-scheduling'],
  ['the mode twice, different', ['Scheduling: none', 'Scheduling: all'], 400, 'valid-scheduling'],
  ['no mode in the header', ['Scheduling:'], 400, 'valid-scheduling'],
  ['a list of modes', ['Scheduling: none, all'], 400, 'valid-scheduling'],
  ['a folded mode', ['Scheduling: internal-', ' only'], 400, 'valid-scheduling'],
  ['an unknown mode', ['Scheduling: nobody'], 501, 'supported-scheduling'],
  ['an extension', ['Scheduling: X-Quiet'], 501, 'supported-scheduling'],
  [
    'the address twice',
    ['Schedule-User-Address: mailto:alice@example.com', 'Schedule-User-Address: mailto:alice@example.com'],
    400,
    'valid-schedule-user-address',
  ],
  ['no address in the header', ['Schedule-User-Address:'], 400, 'valid-schedule-user-address'],
  ['an address without a scheme', ['Schedule-User-Address: alice@example.com'], 400, 'valid-schedule-user-address'],
  [
    'an address with a second one behind it',
    ['Schedule-User-Address: mailto:alice@example.com, mailto:bob@example.com'],
    400,
    'valid-schedule-user-address',
  ],
  [
    'the address of somebody else',
    ['Schedule-User-Address: mailto:bob@example.com'],
    403,
    'allowed-schedule-user-address',
  ],
  [
    'the address of somebody else, and silence',
    ['Scheduling: none', 'Schedule-User-Address: mailto:bob@example.com'],
    403,
    'allowed-schedule-user-address',
  ],
];

describe('draftproxy.py', () => {
  it('announces the token beside those of Cyrus', async () => {
    const alice = server().user('alice');
    const { headers } = await plainClient(server(), alice, draftOrigin(server())).request('OPTIONS', alice.calendar);
    const tokens = (headers['dav'] ?? '').split(',').map((token) => token.trim());
    expect(tokens).toContain('scheduling-controls');
    expect(tokens).toContain('calendar-auto-schedule');
  });

  it.each(REFUSED)('refuses %s', async (name, headers, status, element) => {
    await emptyEverything(server());
    const { calendar } = server().user('alice');
    const put = await sendRaw(
      server(),
      'PUT',
      `${calendar}refused.ics`,
      headers,
      meetingText('refused', 'first', PEOPLE),
    );
    expect(put, name).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(put).toContain(`<H:${element}/>`);
    expect(put).toContain('xmlns:H="urn:hushcal:scheduling-controls"');
    expect(await objectsOf(server(), 'alice', 'calendar', 'refused')).toEqual([]);
    expect(await objectsOf(server(), 'bob', 'calendar', 'refused')).toEqual([]);
    expect(await server().mail()).toEqual([]);
  });

  it.each(REFUSED)('deletes nothing with %s', async (name, headers, status) => {
    await emptyEverything(server());
    const { calendar } = server().user('alice');
    const href = `${calendar}kept.ics`;
    await sendRaw(server(), 'PUT', href, ['Scheduling: none'], meetingText('kept', 'first', PEOPLE));
    expect(await sendRaw(server(), 'DELETE', href, headers), name).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(await objectsOf(server(), 'alice', 'calendar', 'kept')).toHaveLength(1);
    expect(await server().mail()).toEqual([]);
  });

  it.each(['NONE', 'None', '  none  '])('takes the mode as %j', async (value) => {
    await emptyEverything(server());
    const { calendar } = server().user('alice');
    const answer = await sendRaw(
      server(),
      'PUT',
      `${calendar}quiet.ics`,
      [`Scheduling: ${value}`],
      meetingText('quiet', 'first', PEOPLE),
    );
    expect(answer).toMatch(/^HTTP\/1.1 201 /);
    expect(await objectsOf(server(), 'bob', 'calendar', 'quiet')).toEqual([]);
    expect(await server().mail()).toEqual([]);
  });

  it('acts as the address that is named, when it is one of the owner', async () => {
    await emptyEverything(server());
    const { calendar } = server().user('alice');
    const alias = 'mailto:alias@corp.test';
    const answer = await sendRaw(
      server(),
      'PUT',
      `${calendar}alias.ics`,
      [`Schedule-User-Address: ${alias}`],
      meetingText('alias', 'first', { ...PEOPLE, alice: alias }),
    );
    expect(answer).toMatch(/^HTTP\/1.1 201 /);
    const senders = (await server().mail()).map(({ from }) => from);
    expect(new Set(senders)).toEqual(new Set(['alias@corp.test']));
    expect(await objectsOf(server(), 'bob', 'calendar', 'alias')).toHaveLength(1);
  });
});

/** Sends a request as alice with exactly these header lines; answers with everything that comes back. */
function sendRaw(
  running: RunningServer,
  method: string,
  path: string,
  headers: readonly string[],
  body?: string,
): Promise<string> {
  const { user, password } = running.user('alice');
  const { hostname, port } = new URL(draftOrigin(running));
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'Connection: close',
    ...headers,
    ...(body === undefined
      ? []
      : ['Content-Type: text/calendar; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`));
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', reject).on('end', () => resolve(answer));
    socket.setTimeout(30_000, () => socket.destroy(new Error(`${method} ${path}: no answer`)));
  });
}
