import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeOptions } from './server.ts';
import { Harness } from './testing/harness.ts';
import { meeting } from './testing/events.ts';

/* What lets a test begin where an earlier one began. */

const open: Harness[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((h) => h.close()));
});

async function start(options: PracticeOptions = {}): Promise<Harness> {
  const h = await Harness.start(options);
  open.push(h);
  return h;
}

const invitation = (uid = 'm'): string =>
  meeting({ uid, organizer: 'alice@example.com', guests: ['bob@example.com', 'eve@elsewhere.test'] });

describe('a mark', () => {
  it('brings calendars, properties, tags and messages back, each time', async () => {
    const h = await start();
    const state = async (): Promise<readonly unknown[]> => {
      const { headers, text } = await h.get('alice', 'm.ics');
      const body = '<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/><D:sync-token/></D:prop></D:propfind>';
      const { text: properties } = await h.send('alice', 'PROPFIND', h.calendar('alice'), body, { depth: '1' });
      return [headers['etag'], headers['schedule-tag'], text, properties, await h.copies('bob', 'm'), h.notified()];
    };
    await h.put('alice', 'm.ics', invitation());
    const before = await state();
    const bringBack = h.server.mark();
    for (const name of ['one', 'two']) {
      const named = `<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><D:displayname>${name}</D:displayname></D:prop></D:set></D:propertyupdate>`;
      await h.send('alice', 'PROPPATCH', h.calendar('alice'), named);
      await h.put('alice', `${name}.ics`, invitation(name));
      await h.delete('alice', 'm.ics');
      await h.send('bob', 'DELETE', `${h.home('bob')}default/`);
      expect(await state()).not.toEqual(before);
      bringBack();
      expect(await state()).toEqual(before);
    }
  });
  it('brings faults back with what they have hit', async () => {
    const h = await start();
    const statuses = async (count: number): Promise<readonly number[]> => {
      const all: number[] = [];
      for (let at = 0; at < count; at += 1) all.push((await h.get('alice', 'no.ics')).status);
      return all;
    };
    h.server.setFaults([{ method: 'GET', status: 503, count: 2 }]);
    expect(await statuses(1)).toEqual([503]);
    const bringBack = h.server.mark();
    for (let time = 0; time < 2; time += 1) {
      expect(await statuses(2)).toEqual([503, 404]);
      bringBack();
    }
  });
  it('is none where a disk keeps everything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hushcal-practice-'));
    const h = await start({ dataDir: folder });
    expect(() => h.server.mark()).toThrow('What lies on a disk');
    rmSync(folder, { recursive: true });
  });
});

describe('an idle server', () => {
  it('has done what came whole, and waits for nobody who sends half a request', async () => {
    const h = await start({ delayMs: 20 });
    const { port } = new URL(h.server.info.base_url);
    const login = Buffer.from(`alice:${h.server.info.admin.password}`).toString('base64');
    const put = (length: number): string =>
      `PUT ${h.calendar('alice')}m.ics HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${login}\r\n` +
      `Content-Type: text/calendar\r\nContent-Length: ${String(length)}\r\n\r\n${invitation()}`;
    const sockets = [0, 1].map((more) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(put(Buffer.byteLength(invitation()) + more));
      });
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect(h.notified()).toEqual([]);
    await h.server.idle();
    expect(h.notified()).toEqual(['REQUEST imip eve@elsewhere.test', 'REQUEST inbox bob@example.com']);
    for (const socket of sockets) socket.destroy();
  });
});
