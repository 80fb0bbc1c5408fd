import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { restore, targetOf } from './command-line.ts';
import { draftOrigin, PEOPLE } from './draft-over-cyrus.ts';
import { meetingText } from './draft-table.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { emptyEverything, objectsOf } from './observe.ts';

/** What the command line puts on the wire, as draftproxy.py wrote it down. */
const server = useServer('cyrus');
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-headers.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const backup = path.join(work, 'backup.ics');
const meetings = ['one', 'two', 'three'].map((uid) => meetingText(uid, 'first', PEOPLE));
writeFileSync(backup, meetings.join(''));

const request = z.object({
  method: z.string(),
  status: z.int(),
  scheduling: z.array(z.string()),
  schedule_user_address: z.string().nullable(),
});
const WRITES = ['PUT', 'DELETE', 'PROPPATCH', 'POST', 'MOVE', 'COPY', 'MKCALENDAR'];

async function restoreAs(running: RunningServer, flags: readonly string[]) {
  await emptyEverything(running);
  const log = running.description.draft_log ?? '';
  truncateSync(log);
  const result = await restore(
    [backup],
    targetOf(running, 'alice', draftOrigin(running)),
    flags,
    path.join(work, 'runs'),
  );
  const requests = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => request.parse(JSON.parse(line)));
  return { result, writes: requests.filter(({ method }) => WRITES.includes(method)) };
}

describe('the headers of a restore', () => {
  it.each(['none', 'internal-only', 'external-only'])('say %s once on every write', async (mode) => {
    const { result, writes } = await restoreAs(server(), ['--scheduling', mode, '--as', 'server']);
    expect(result.code, result.stderr).toBe(0);
    expect(writes).toEqual(
      Array.from({ length: 3 }, () => ({
        method: 'PUT',
        status: 201,
        scheduling: [mode],
        schedule_user_address: null,
      })),
    );
  });

  it.each([
    ['a fixed address', PEOPLE.alice],
    ['the address that the event carries', 'match'],
  ])('name %s', async (_, as) => {
    const { result, writes } = await restoreAs(server(), ['--scheduling', 'none', '--as', as]);
    expect(result.code, result.stderr).toBe(0);
    expect(writes.map(({ schedule_user_address: address }) => address)).toEqual([
      PEOPLE.alice,
      PEOPLE.alice,
      PEOPLE.alice,
    ]);
  });

  it('store nothing in the name of somebody else', async () => {
    const { result, writes } = await restoreAs(server(), ['--scheduling', 'all', '--as', PEOPLE.bob]);
    // Refused before the first write (2), or by the answer of the server, for each event (1) or at once (3).
    expect([1, 2, 3], result.stdout + result.stderr).toContain(result.code);
    expect(result.stdout + result.stderr).toContain('bob@example.com');
    expect(writes.filter(({ status }) => status !== 403)).toEqual([]);
    for (const uid of ['one', 'two', 'three']) {
      expect(await objectsOf(server(), 'alice', 'calendar', uid)).toEqual([]);
      expect(await objectsOf(server(), 'bob', 'calendar', uid)).toEqual([]);
    }
    expect(await server().mail()).toEqual([]);
  });
});
