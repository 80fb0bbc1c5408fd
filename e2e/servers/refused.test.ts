import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filled, hushcal, restore, targetOf } from './command-line.ts';
import type { CommandResult } from './command-line.ts';
import { PEOPLE } from './draft-over-cyrus.ts';
import { meetingText } from './draft-table.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { plainClient } from './plain-http.ts';

/** Silence that a server does not promise is refused before the first write; silence that it has is used. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-refused.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const runs = path.join(work, 'runs');

const backup = path.join(work, 'backup.ics');
writeFileSync(backup, meetingText('refused', 'first', PEOPLE));

const SILENT_MODES = ['none', 'internal-only', 'external-only'] as const;

describe.each(['sogo', 'davical'] as const)('%s, which schedules and does not say how to be quiet', (name) => {
  const server = useServer(name);

  it.each(SILENT_MODES)('refuses %s and writes nothing', async (mode) => {
    const before = await everything(server());
    const result = await restore([backup], targetOf(server(), 'alice'), ['--scheduling', mode], runs);
    expectRefusal(result, mode);
    expect(await everything(server())).toEqual(before);
    expect(await server().mail()).toEqual([]);
  });

  it('refuses none for an event that is there already', async () => {
    const target = targetOf(server(), 'alice');
    const changed = path.join(work, 'changed.ics');
    const alone = meetingText(`alone-${name}`, 'first', PEOPLE).replace(/^(ORGANIZER|ATTENDEE).*\r\n/gm, '');
    writeFileSync(changed, alone.replace('Budget round', 'Another title'));
    const there = await plainClient(server(), server().user('alice')).request(
      'PUT',
      `${server().user('alice').calendar}alone.ics`,
      { body: alone, headers: { 'Content-Type': 'text/calendar; charset=utf-8' } },
    );
    expect(there.status).toBe(201);
    const before = await everything(server());
    const result = await restore([changed], target, ['--scheduling', 'none', '--on-conflict', 'replace'], runs);
    expectRefusal(result, 'none');
    expect(await everything(server())).toEqual(before);
  });

  it('is not talked round by what the admin knows of Radicale', async () => {
    const before = await everything(server());
    const flags = ['--scheduling', 'none', '--assume', 'no-mail-hook'];
    expectRefusal(await restore([backup], targetOf(server(), 'alice'), flags, runs), 'none');
    expect(await everything(server())).toEqual(before);
  });
});

describe('cyrus, which keeps quiet by a header of its own', () => {
  const server = useServer('cyrus');

  it.each(['internal-only', 'external-only'] as const)('refuses %s and writes nothing', async (mode) => {
    const before = await everything(server());
    expectRefusal(await restore([backup], targetOf(server(), 'alice'), ['--scheduling', mode], runs), mode);
    expect(await everything(server())).toEqual(before);
    expect(await server().mail()).toEqual([]);
  });

  it('restores and undoes in mode none, and tells nobody', async () => {
    const others = async () =>
      Object.fromEntries(Object.entries(await everything(server())).filter(([href]) => !href.includes('/alice/')));
    const before = await others();
    const target = targetOf(server(), 'alice');
    const { code, settled, stderr } = await restore([backup], target, ['--scheduling', 'none'], runs);
    expect(code, stderr).toBe(0);
    expect(settled).toMatchObject({ status: 'complete', verified: 1, mode: { effective: 'none' } });
    expect(settled?.mode.because).toContain('Scheduling-Enabled: F');
    const undo = await hushcal(['undo', settled?.runId ?? '', '--yes', '--runs', runs], target.password ?? '');
    expect(undo.code, undo.stderr).toBe(0);
    expect(await others()).toEqual(before);
    expect(await server().mail()).toEqual([]);
  });
});

describe('radicale, whose mail hook cannot be seen from outside', () => {
  const server = useServer('radicale');

  it.each(SILENT_MODES)('refuses %s while nobody has said that there is no hook', async (mode) => {
    const before = await everything(server());
    expectRefusal(await restore([backup], targetOf(server(), 'alice'), ['--scheduling', mode], runs), mode);
    expect(await everything(server())).toEqual(before);
  });

  it('refuses external-only even then: nobody would hear', async () => {
    const before = await everything(server());
    const flags = ['--scheduling', 'external-only', '--assume', 'no-mail-hook'];
    expectRefusal(await restore([backup], targetOf(server(), 'alice'), flags, runs), 'external-only');
    expect(await everything(server())).toEqual(before);
  });
});

describe('xandikos, which does not schedule at all', () => {
  const server = useServer('xandikos');

  it.each(['none', 'internal-only', 'all'] as const)('restores in mode %s and tells nobody', async (mode) => {
    const file = path.join(work, `xandikos-${mode}.ics`);
    writeFileSync(file, meetingText(`xandikos-${mode}`, 'first', PEOPLE));
    const { code, settled, stderr } = await restore([file], targetOf(server(), 'alice'), ['--scheduling', mode], runs);
    expect(code, stderr).toBe(0);
    expect(filled(settled?.totals)).toEqual({ created: 1 });
    expect(settled?.verified).toBe(1);
    const { calendar } = server().user('bob');
    expect(await plainClient(server(), server().user('bob')).list(calendar)).toEqual([]);
  });

  it('refuses external-only: nobody would hear', async () => {
    const before = await everything(server());
    const flags = ['--scheduling', 'external-only'];
    expectRefusal(await restore([backup], targetOf(server(), 'alice'), flags, runs), 'external-only');
    expect(await everything(server())).toEqual(before);
  });
});

describe.each([
  // Cyrus shows that it keeps quiet, DAViCal that it does not; SOGo never notes whom it told.
  ['cyrus', 0, { control: true, create: true, update: true }],
  ['davical', 1, { control: true, create: false, update: false }],
  ['sogo', 1, { control: false, create: false, update: false }],
] as const)('a canary on %s', (name, exit, shown) => {
  const server = useServer(name);

  it('says what it would do, then finds out, and leaves nothing behind', async () => {
    const { calendar, user, password } = targetOf(server(), 'alice');
    const before = await everything(server());
    const args = ['canary', '--calendar', calendar, '--user', user, '--runs', runs];
    const asked = await hushcal(args, password ?? '');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('Nothing was done yet');
    expect(await everything(server())).toEqual(before);
    const tried = await hushcal([...args, '--yes'], password ?? '');
    expect(tried.code, tried.stderr).toBe(exit);
    expect(tried.events).toMatchObject([{ kind: 'canary', ...shown }]);
    if (!shown.control) expect(tried.stdout).toContain('cannot be proved');
    expect(await everything(server())).toEqual(before);
    const to = (await server().mail()).flatMap((message) => message.to);
    expect(to.every((address) => address.endsWith('.invalid'))).toBe(true);
  });
});

/** Exit code 2, no item written, and a sentence about who would be told, with something else to do. */
function expectRefusal({ code, items, events, settled, stdout, stderr }: CommandResult, mode: string) {
  expect(code, stdout + stderr).toBe(2);
  expect(items.filter(({ outcome }) => outcome !== 'planned')).toEqual([]);
  expect(settled).toMatchObject({ status: 'refused', mode: { asked: mode, effective: null } });
  expect(settled?.mode.because).toMatch(/quiet|notif|tell|told|hear/);
  expect(stderr).toContain(settled?.mode.because);
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  const { summary } = planEvent.parse(events.find(({ kind }) => kind === 'plan'));
  expect(summary.verdict.alternatives).not.toEqual([]);
}

const planEvent = z.looseObject({
  summary: z.looseObject({ verdict: z.looseObject({ alternatives: z.array(z.string()) }) }),
});

/** Every object of every user, byte for byte, calendars and inboxes, by path. */
async function everything(server: RunningServer): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const user of server.description.users) {
    for (const collection of [user.calendar, user.inbox ?? '']) {
      if (collection === '') continue;
      for (const [href, body] of await plainClient(server, user).readAll(collection))
        found[href] = body.toString('latin1');
    }
  }
  return found;
}
