import { afterEach, expect, it } from 'vitest';
import { startPractice, type PracticeServer } from '../../../practice/server.ts';
import { createHttp, type Http } from './http.ts';

let server: PracticeServer | undefined;
let http: Http | undefined;
afterEach(async () => {
  await http?.close();
  await server?.close();
});

async function open(large: number): Promise<{ at: string; http: Http; server: PracticeServer }> {
  server = await startPractice({ samples: false });
  const alice = server.info.users.find(({ user }) => user === 'alice');
  const password = (): Promise<string> => Promise.resolve(alice?.password ?? '');
  const url = server.info.base_url;
  http = createHttp(url, { url, user: 'alice', password, concurrency: 1 }, { deadlines: { large } });
  return { at: `${alice?.calendar ?? ''}a.ics`, http, server };
}

const BODY = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nDESCRIPTION:${'x'.repeat(60)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
const put = (path: string): Parameters<Http['send']>[0] => ({
  method: 'PUT',
  path,
  body: BODY,
  headers: { 'Content-Type': 'text/calendar' },
});

it('gives an answer up that only drips, though each octet comes in time', async () => {
  const { at, http, server } = await open(300);
  await http.send(put(at));
  server.setFaults([{ method: 'GET', dripMs: 20 }]);
  await expect(http.read({ method: 'GET', path: at })).rejects.toMatchObject({ failure: { code: 'SERVER_TIMEOUT' } });
  expect((await http.read({ method: 'GET', path: at })).body.toString()).toContain('UID:a');
});

it('waits for one that is slow, and takes the status of a write whatever comes after it', async () => {
  const { at, http, server } = await open(8000);
  server.setFaults([{ method: 'PUT', status: 403, body: 'No.'.repeat(10), count: 1 }]);
  expect((await http.send(put(at))).status).toBe(403);
  await http.send(put(at));
  server.setFaults([{ method: 'GET', dripMs: 1 }]);
  expect((await http.read({ method: 'GET', path: at })).body.length).toBe(BODY.length);
});
