import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filled, hushcal, restore, targetOf } from './command-line.ts';
import { expectedOf } from './deviations.ts';
import { DRAFT_TABLE, meetingText } from './draft-table.ts';
import type { DraftMode, DraftRow } from './draft-table.ts';
import { draftOrigin, PEOPLE } from './draft-over-cyrus.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { emptyEverything, objectsOf, observe } from './observe.ts';
import { plainClient } from './plain-http.ts';

/** The draft's table over a real server: Cyrus behind draftproxy.py. */
const server = useServer('cyrus');

/** The ways to make alice's calendar change; both leave the same traces with everybody else. */
interface Driver {
  store(uid: string, version: 'first' | 'second', mode: DraftMode): Promise<void>;
  remove(uid: string, mode: DraftMode): Promise<void>;
}

function plainDriver(running: RunningServer): Driver {
  const alice = running.user('alice');
  const client = plainClient(running, alice, draftOrigin(running));
  return {
    store: async (uid, version, mode) => {
      const { status, body } = await client.request('PUT', `${alice.calendar}${uid}.ics`, {
        body: meetingText(uid, version, PEOPLE),
        headers: { 'Content-Type': 'text/calendar; charset=utf-8', Scheduling: mode },
      });
      expect([201, 204], body.toString()).toContain(status);
    },
    remove: async (uid, mode) => {
      const [href = ''] = (await client.list(alice.calendar)).filter((one) => one.endsWith('.ics'));
      const { status } = await client.request('DELETE', href, { headers: { Scheduling: mode } });
      expect(status, `DELETE of ${uid}`).toBe(204);
    },
  };
}

const work = mkdtempSync(path.join(tmpdir(), 'hushcal-draft.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Restores and undoes with the command line; what it wrote last is what it takes back. */
function commandLineDriver(running: RunningServer): Driver {
  const alice = running.user('alice');
  const runs = path.join(work, 'runs');
  let lastRun = '';
  return {
    store: async (uid, version, mode) => {
      const backup = path.join(work, `${uid}-${version}.ics`);
      writeFileSync(backup, meetingText(uid, version, PEOPLE));
      const target = targetOf(running, 'alice', draftOrigin(running));
      const result = await restore([backup], target, ['--scheduling', mode, '--on-conflict', 'replace'], runs);
      expect(result.code, result.stderr + result.stdout).toBe(0);
      expect(filled(result.settled?.totals)).toEqual({ [version === 'first' ? 'created' : 'updated']: 1 });
      expect(result.settled?.mode).toMatchObject({ asked: mode, effective: mode });
      lastRun = result.settled?.runId ?? '';
    },
    remove: async () => {
      const result = await hushcal(['undo', lastRun, '--yes', '--runs', runs], alice.password ?? '');
      expect(result.code, result.stderr + result.stdout).toBe(0);
      expect(filled(result.settled?.totals)).toEqual({ deleted: 1 });
    },
  };
}

/** Brings everybody to where the row begins, does what it is about, and compares. */
async function play(row: DraftRow, running: RunningServer, driver: Driver, uid: string) {
  await emptyEverything(running);
  if (row.before === 'told') await plainDriver(running).store(uid, 'first', 'all');
  if (row.before === 'same-mode') await driver.store(uid, 'first', row.mode);
  await emptyInboxes(running);

  if (row.method === 'delete') await driver.remove(uid, row.mode);
  else await driver.store(uid, row.method === 'create' ? 'first' : 'second', row.mode);

  expect(await observe(running, uid)).toEqual(expectedOf('draft over Cyrus', row));
  expect(await objectsOf(running, 'alice', 'calendar', uid)).toHaveLength(row.method === 'delete' ? 0 : 1);
}

async function emptyInboxes(running: RunningServer) {
  for (const user of running.description.users) {
    const client = plainClient(running, user);
    for (const href of await client.list(user.inbox ?? '')) await client.request('DELETE', href);
  }
  await running.clearMail();
}

function title({ mode, method, before }: DraftRow): string {
  return `${mode}: ${method}${before === 'nothing' ? '' : before === 'told' ? ' of what all know' : ' of what was stored in the same mode'}`;
}

describe('the draft over Cyrus, asked by plain HTTP', () => {
  it.each(DRAFT_TABLE.map((row, index) => ({ row, index, name: title(row) })))('$name', async ({ row, index }) => {
    await play(row, server(), plainDriver(server()), `plain-${index}`);
  });
});

describe('the draft over Cyrus, asked by the command line', () => {
  // The command line deletes by taking back its own run, which was made in the same mode.
  const rows = DRAFT_TABLE.filter((row) => row.method !== 'delete' || row.before === 'same-mode' || row.mode === 'all');
  it.each(rows.map((row, index) => ({ row, index, name: title(row) })))('$name', async ({ row, index }) => {
    const asked: DraftRow = row.mode === 'all' && row.method === 'delete' ? { ...row, before: 'same-mode' } : row;
    await play(asked, server(), commandLineDriver(server()), `command-${index}`);
  });
});
