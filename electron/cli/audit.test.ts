import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLine, type AuditLine } from '../../shared/model/kept/audit.ts';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { readLine, sayIn, toCalendar, type Said } from './testing/said.ts';

/** In titles, places and notes of every event here; and in every password. Neither may stand in the audit. */
const TITLE = 'Zebrafish';
const SECRET = 'Qu4gga-secret';

let world: World;
let runs: readonly string[];

beforeEach(async () => {
  world = await openWorld({ users: ['alice', 'bob'], password: SECRET });
  runs = ['--runs', world.runsDir];
  const event = (uid: string): readonly string[] => [
    `UID:${uid}`,
    `SUMMARY:${TITLE} ${uid}`,
    `LOCATION:${TITLE}`,
    `DESCRIPTION:${TITLE}`,
    ...GUESTS,
  ];
  await world.source('alice.ics', calendar([event('a'), event('b'), event('c')]));
  await world.source('bob.ics', calendar([event('d')]).replaceAll('alice@', 'bob@'));
});
afterEach(() => world.close());

const say = (...argv: readonly string[]): Promise<Said> =>
  sayIn(world, argv, { env: { HUSHCAL_PW: SECRET, PASSWORD: SECRET } });
const LOGIN = ['--password-env', 'PASSWORD'] as const;
const restore = (...more: readonly string[]): Promise<Said> =>
  say('restore', 'alice.ics', ...toCalendar(world), '--scheduling', 'none', ...more);

async function audit(...more: readonly string[]): Promise<readonly AuditLine[]> {
  const { out } = await say('audit', ...runs, '--json', ...more);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => auditLine.parse(readLine(line)));
}

/** The lines in short: `consent restore`, `end restore complete`. */
const short = (lines: readonly AuditLine[]): readonly string[] =>
  lines.map((line) =>
    [
      line.what,
      'job' in line ? line.job : '',
      'resumed' in line && line.resumed ? 'again' : '',
      'batch' in line && line.batch !== undefined ? 'part' : '',
      line.what === 'end' ? line.status : '',
    ]
      .filter((word) => word !== '')
      .join(' '),
  );

async function newestRun(): Promise<string> {
  const [run] = await world.engine.runs();
  return run?.runId ?? '';
}

/** Whatever was done, neither a title nor a secret is in the file, and each line follows the one before it. */
async function checkFile(): Promise<void> {
  const text = await readFile(join(world.runsDir, 'audit.jsonl'), 'utf8');
  for (const word of [TITLE, SECRET, Buffer.from(`alice:${SECRET}`).toString('base64'), 'A note of'])
    expect(text).not.toContain(word);
  expect(await say('audit', '--verify', ...runs)).toMatchObject({ code: 0 });
}

/** Each job of the command line, what came before it, and what it must leave in the audit. */
const JOBS: Readonly<Record<string, readonly [work: () => Promise<unknown>, lines: readonly string[]]>> = {
  'a dry run': [() => restore('--dry-run'), []],
  'a plan without consent': [() => restore(), []],
  'a dry run on a copy': [() => restore('--rehearse'), []],
  restore: [() => restore('--yes'), ['consent restore', 'start restore', 'end restore complete']],
  undo: [
    async () => {
      await restore('--yes');
      await say('undo', await newestRun(), ...LOGIN, ...runs, '--yes');
    },
    [
      ...['consent restore', 'start restore', 'end restore complete'],
      ...['consent undo', 'start undo', 'end undo complete'],
    ],
  ],
  'a run that stops, and its resume': [
    async () => {
      world.server.setFaults([{ method: 'PUT', status: 401, after: 1, count: 0 }]);
      await restore('--yes', '--concurrency', '1');
      world.server.setFaults([]);
      await say('resume', await newestRun(), ...LOGIN, ...runs, '--yes');
    },
    [
      ...['consent restore', 'start restore', 'end restore stopped'],
      ...['consent restore again', 'start restore again', 'end restore complete'],
    ],
  ],
  retry: [
    async () => {
      world.server.setFaults([{ method: 'PUT', status: 403, after: 1, count: 1 }]);
      await restore('--yes', '--concurrency', '1');
      world.server.setFaults([]);
      await say('retry', await newestRun(), ...LOGIN, ...runs, '--yes');
    },
    [
      ...['consent restore', 'start restore', 'end restore incomplete'],
      ...['consent retry', 'start retry', 'end retry complete'],
    ],
  ],
  cleanup: [
    async () => {
      await restore('--yes');
      const rules = ['--match', `title~${TITLE}`, '--include-own', '--max-share', '100%', '--scheduling', 'none'];
      await say('cleanup', ...toCalendar(world), ...rules, '--yes');
    },
    [
      ...['consent restore', 'start restore', 'end restore complete'],
      ...['consent cleanup', 'start cleanup', 'end cleanup complete'],
    ],
  ],
  'migrate and announce': [
    async () => {
      const rows = ['source,user,password_env', 'alice.ics,alice,HUSHCAL_PW', 'bob.ics,bob,HUSHCAL_PW'];
      await writeFile(join(world.dir, 'people.csv'), rows.join('\n'));
      const to = ['--server', world.server.info.base_url, '--inside-domain', 'example.com', '--members', '1'];
      const moved = await say('migrate', 'people.csv', ...to, '--scheduling', 'none', ...runs, '--yes');
      expect([moved.code, moved.err]).toEqual([0, expect.any(String)]);
      const [batch] = await world.engine.batches();
      const shown = await say('announce', batch?.batchId ?? '', ...runs, '--dry-run', '--json');
      const messages = /"external-only":\{[^}]*"messages":(\d+)/.exec(shown.out)?.[1] ?? '';
      const told = await say('announce', batch?.batchId ?? '', ...runs, '--messages', messages);
      expect([told.code, told.err]).toEqual([0, expect.any(String)]);
    },
    [
      ...['consent migrate', 'start migrate'],
      ...['start migrate part', 'end migrate part complete', 'start migrate part', 'end migrate part complete'],
      ...['end migrate complete', 'consent announce', 'start announce'],
      ...['start announce part', 'end announce part complete', 'start announce part', 'end announce part complete'],
      'end announce complete',
    ],
  ],
  'a test event': [() => say('canary', ...toCalendar(world), '--yes'), ['canary', 'canary-end']],
  'a test event that fails': [
    async () => {
      world.server.setFaults([{ method: 'PUT', status: 403, count: 0 }]);
      expect((await say('canary', ...toCalendar(world), '--yes')).code).toBe(2);
      world.server.setFaults([]);
    },
    ['canary', 'canary-end'],
  ],
  'deleting runs': [
    async () => {
      await restore('--yes');
      await say('purge', await newestRun(), '--dry-run', ...runs);
      await say('purge', await newestRun(), '--yes', ...runs);
      expect(await world.engine.runs()).toEqual([]);
    },
    ['consent restore', 'start restore', 'end restore complete', 'delete'],
  ],
  unlock: [
    async () => {
      await restore('--yes');
      await say('unlock', await newestRun(), ...runs);
    },
    ['consent restore', 'start restore', 'end restore complete', 'unlock'],
  ],
  'a login for somebody else': [
    () => {
      const admin = ['--user', 'admin', '--for', 'alice', '--way', 'authorize-as', ...LOGIN];
      const to = ['--calendar', world.calendarUrl, ...admin, ...runs, '--scheduling', 'none'];
      return say('restore', 'alice.ics', ...to, '--yes');
    },
    ['login', 'consent restore', 'start restore', 'end restore complete'],
  ],
  'a trusted certificate': [
    () => restore('--yes', '--trust-fingerprint', 'ab'.repeat(32)),
    ['trust', 'consent restore', 'start restore', 'end restore complete'],
  ],
};

describe('the audit of the command line', () => {
  it.each(Object.entries(JOBS))(
    'of %s is in order, and holds neither title nor secret',
    async (_name, [work, lines]) => {
      // What begins nothing makes no folder, and one that is named has to be there.
      await mkdir(world.runsDir, { recursive: true });
      await work();
      expect(short(await audit())).toEqual(lines);
      if (lines.length > 0) await checkFile();
    },
  );

  it('says who, where, what was agreed to, how silence is known, and how many', async () => {
    await restore('--yes', '--ticket', 'INC-4711', '--note', 'A note of the helpdesk');
    const [consent, start, end] = await audit();
    const runId = await newestRun();
    expect(consent).toMatchObject({
      by: { user: expect.any(String) as string, host: expect.any(String) as string, tool: 'command line' },
      prev: null,
      id: runId,
      ticket: 'INC-4711',
      plan: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      target: { calendarUrl: world.calendarUrl, user: 'alice' },
      mode: { asked: 'none', effective: 'none', assurance: ['advertised'] },
      numbers: { calendars: 1, events: 3, people: 0, messages: 0 },
    });
    expect(start).toMatchObject({ prev: expect.stringMatching(/^[0-9a-f]{64}$/) as string, id: runId });
    expect(end).toMatchObject({ status: 'complete', totals: { created: 3 }, problems: [] });
  });

  it('is found by run, ticket, kind and day', async () => {
    await restore('--yes', '--ticket', 'INC-1');
    const runId = await newestRun();
    await say('undo', runId, ...LOGIN, ...runs, '--yes');
    expect(short(await audit('--ticket', 'INC-1'))).toEqual([
      'consent restore',
      'start restore',
      'end restore complete',
      ...['consent undo', 'start undo'],
    ]);
    expect(short(await audit('--run', await newestRun()))).toHaveLength(3);
    expect(short(await audit('--what', 'end'))).toEqual(['end restore complete', 'end undo complete']);
    expect(await audit('--since', '2999-01-01')).toEqual([]);
    expect(await audit('--since', '2020-01-01')).toHaveLength(6);
    const { out } = await say('audit', ...runs, '--what', 'consent');
    expect(out).toMatch(
      /Confirmed: restore \S+ · alice · .* · 3 events · 0 messages to 0 people · Notify nobody \(supported\)/,
    );
  });

  it.each([
    [['--since', 'yesterday'], '--since takes a day'],
    [['--what', 'everything'], '--what takes one of consent, start'],
    [['--last', 'ab'.repeat(32)], '--last goes with --verify'],
    [['--verify', '--last', 'ab'], '--last takes the hash'],
    [['--verify', '--run', 'x'], 'leave the other options out'],
    [['20261129T000000000-aaaa'], 'takes options only'],
  ])('refuses %j', async (more, words) => {
    const said = await say('audit', ...runs, ...more);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining(words)]);
  });

  it('shows with --verify that it was changed, and where', async () => {
    await restore('--yes');
    const path = join(world.runsDir, 'audit.jsonl');
    const whole = await say('audit', '--verify', ...runs, '--json');
    const { last } = whole.lines[0] as { last: string };
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"messages":0', '"messages":9'));
    const said = await say('audit', '--verify', ...runs);
    expect([said.code, said.out]).toEqual([1, expect.stringContaining('line 2: The line before it was changed')]);
    await writeFile(path, `${text.split('\n').slice(0, 2).join('\n')}\n`);
    expect((await say('audit', '--verify', ...runs)).code).toBe(0);
    expect(await say('audit', '--verify', '--last', last, ...runs)).toMatchObject({ code: 1 });
  });

  it.each([
    ['the only line', false, [], 'No whole line. A crash tore line 1'],
    [
      'the last line',
      true,
      ['consent restore', 'start restore', 'end restore complete'],
      '3 lines, each as it was written. A crash tore line 4',
    ],
  ])('names %s where a crash tore it, and asks for a look', async (_name, after, whole, words) => {
    if (after) await restore('--yes');
    await mkdir(world.runsDir, { recursive: true });
    const path = join(world.runsDir, 'audit.jsonl');
    await appendFile(path, '{"v":1,"kind":"aud');
    const said = await say('audit', ...runs);
    const line = whole.length + 1;
    expect([said.code, said.err.trimEnd()]).toEqual([
      1,
      expect.stringMatching(`^.*audit\\.jsonl, line ${line}: A crash tore it`),
    ]);
    expect(said.out.split('\n').filter((text) => text !== '')).toHaveLength(whole.length);
    const verified = await say('audit', '--verify', ...runs);
    expect([verified.code, verified.out]).toEqual([1, expect.stringContaining(`${path}: ${words}`)]);
    // The next line names it: nothing is left to look at.
    await restore('--yes');
    expect((await say('audit', ...runs)).code).toBe(0);
    const mended = await say('audit', '--verify', ...runs);
    expect([mended.code, mended.out]).toEqual([
      0,
      expect.stringContaining(`A crash tore line ${line}, as the line after it says.`),
    ]);
  });

  it('says of an empty one that nothing was noted yet', async () => {
    await mkdir(world.runsDir, { recursive: true });
    for (const look of [[], ['--verify']]) {
      const said = await say('audit', ...runs, ...look);
      expect([said.code, said.out + said.err]).toEqual([
        0,
        expect.stringContaining('audit.jsonl: it has no lines yet.'),
      ]);
      await writeFile(join(world.runsDir, 'audit.jsonl'), '');
    }
  });
});
