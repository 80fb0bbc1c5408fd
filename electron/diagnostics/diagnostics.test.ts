import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { buffer } from 'node:stream/consumers';
import { HushError } from '../../shared/model/failure.ts';
import type { BatchEntry } from '../../shared/model/batch/batch.ts';
import type { DamagedRun } from '../../shared/model/kept/kept.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import { PROFILES } from '../engine/scheduling/profiles/all.ts';
import { calendar, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar } from '../cli/testing/said.ts';
import { collectDiagnostics } from './collect.ts';
import { openLog, readLog } from './log.ts';
import { packDiagnostics } from './pack.ts';

/** Stands in every text that a person or a server wrote. */
const SECRET = 'Zq7wX9';
const s = (what: string): string => `${SECRET}-${what}`;
const VERSIONS = { hushcal: '1.2.3', electron: '33.0.0', testBuild: true, secretStore: 'session' };
const MOMENT = '2026-11-29T20:00:00.000Z';

let world: World;
let userData = '';

beforeAll(async () => {
  world = await openWorld({ password: s('password') });
  userData = join(world.dir, 'user-data');
  await mkdir(userData);
  const source = await world.source(
    `${SECRET}.ics`,
    calendar([
      [`UID:${s('uid')}`, `SUMMARY:${s('title')}`, `LOCATION:${s('place')}`, `DESCRIPTION:${s('text')}`],
      [
        `UID:${s('other')}`,
        `ORGANIZER;CN=${s('name')}:mailto:${SECRET}@example.com`,
        `ATTENDEE:mailto:${s('guest')}@example.org`,
      ],
    ]),
  );
  const args = ['restore', source, ...toCalendar(world), '--scheduling', 'none', '--yes'];
  const { code } = await sayIn(world, [...args, '--ticket', s('ticket'), '--note', s('note')]);
  expect(code).toBe(0);
  // One that cannot be believed.
  await mkdir(join(world.runsDir, '20261128T214614072-2f907379'));
  await writeFile(join(world.runsDir, '20261128T214614072-2f907379', 'run.json'), s('broken'));
});
afterAll(async () => {
  await world.close();
});

beforeEach(async () => {
  await write('settings.json', {
    theme: 'dark',
    connections: 4,
    notifications: false,
    introduced: true,
    practicePort: 18931,
    runsDir: `/home/${SECRET}/runs`,
    bounds: { x: 1, y: 2, width: 1200, height: 800, more: s('bounds') },
    later: s('later'),
  });
  await write('servers.json', [
    {
      id: s('id'),
      name: s('server'),
      url: `https://${SECRET}.example.org:8443/${SECRET}/{user}`,
      user: s('user'),
      product: `Nextcloud 28.0.1 ${s('product')}`,
      assumeNoMailHook: false,
      calendarOrigins: [`https://${SECRET}.elsewhere.example`],
      admin: { way: 'template', template: `{user}%${SECRET}` },
      users: [{ user: s('anna'), home: `https://example.org/${SECRET}` }],
      credential: 'token',
      network: {
        authorities: [`/etc/${SECRET}.pem`],
        proxy: `http://${SECRET}@proxy.example:8080`,
        certificate: `/home/${SECRET}/me.p12`,
        key: s('key'),
        fingerprints: [{ host: s('host'), sha256: s('print') }],
      },
      later: s('later'),
    },
    {
      url: `calendar.${SECRET}.org`,
      product: `${SECRET} 1.0`,
      admin: { way: s('way') },
      credential: s('kind'),
      users: s('users'),
    },
    s('no server'),
  ]);
  await write('passwords.json', { [s('id')]: s('password') });
  await write('recent.json', { backups: [{ id: 'x', paths: [`/srv/${SECRET}.zip`] }], servers: [s('id')] });
  await writeFile(
    join(userData, 'log.txt'),
    [
      `${MOMENT} history.list DISK_GONE`,
      `${MOMENT} who is ${SECRET}@example.com`,
      s('line'),
      `${MOMENT} x ${SECRET}/y`,
      '',
    ].join('\n'),
  );
});

function write(name: string, value: unknown): Promise<void> {
  return writeFile(join(userData, name), JSON.stringify(value));
}

/** What a stranger who gets the zip can read: names and contents, in the order of the zip. */
async function unpacked(octets: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await yauzl.fromBufferPromise(octets, { lazyEntries: true });
  const entries = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    entries.set(`${entry.fileName} ${entry.fileComment}`.trim(), content.toString('utf8'));
  }
  return entries;
}

const source = () => ({ userData, engine: world.engine, versions: VERSIONS });

describe('diagnostics', () => {
  test('hold none of what persons and servers wrote: not in the zip, not in what is shown, with hosts but those', async () => {
    for (const hosts of [false, true]) {
      const files = await collectDiagnostics(source(), hosts);
      const entries = await unpacked(await packDiagnostics(files));
      // What is saved is what was shown.
      expect([...entries]).toEqual(files.map(({ name, text }) => [name, text]));
      for (const [name, text] of entries) {
        const rest = hosts && name === 'servers.json' ? text.replace(/"host": "[^"]*"/g, '') : text;
        expect(rest, name).not.toContain(SECRET);
        expect(rest.toLowerCase(), name).not.toContain(SECRET.toLowerCase());
        expect(text, name).not.toContain('alice');
        expect(text, name).not.toContain(world.dir);
      }
      expect(entries.get('servers.json')?.includes(`${SECRET.toLowerCase()}.example.org:8443`)).toBe(hosts);
    }
  });

  test('hold what helps', async () => {
    const files = new Map((await collectDiagnostics(source(), false)).map(({ name, text }) => [name, text]));
    expect([...files.keys()]).toEqual([
      'read-me.txt',
      'versions.json',
      'settings.json',
      'servers.json',
      'runs.json',
      'log.txt',
    ]);
    expect(JSON.parse(files.get('versions.json') ?? '')).toMatchObject({
      hushcal: '1.2.3',
      testBuild: true,
      platform: process.platform,
    });
    expect(JSON.parse(files.get('settings.json') ?? '')).toMatchObject({
      theme: 'dark',
      connections: 4,
      ownFolderOfRuns: true,
      width: 1200,
    });
    expect(JSON.parse(files.get('servers.json') ?? '')).toMatchObject([
      {
        server: 1,
        scheme: 'https',
        ownPort: true,
        product: 'Nextcloud 28.0.1',
        calendarsElsewhere: 1,
        administrator: 'template',
        users: 1,
        credential: 'token',
        proxy: 'own',
        ownAuthorities: 1,
        ownCertificate: true,
      },
      { server: 2, product: 'another', administrator: null, credential: null, proxy: 'system' },
      { server: 3, unreadable: true },
    ]);
    expect(JSON.parse(files.get('runs.json') ?? '')).toMatchObject({
      runs: [{ job: 'restore', status: 'complete', asked: 'none', totals: { created: 2 }, verified: 2, backups: 1 }],
      batches: [],
      damaged: [{ id: '20261128T214614072-2f907379', code: 'RUN_DAMAGED' }],
    });
    expect(files.get('log.txt')).toBe(
      `${MOMENT} history.list DISK_GONE\n(left out, since not in the form of a line of this log: 3)\n`,
    );
  });

  test('take no text of a run or a batch, whatever field it stands in', async () => {
    const [run] = await world.engine.runs();
    const entry = { ...marked(run), job: 'restore', status: 'complete', asked: s('X-mode') } as RunEntry;
    const batch = {
      ...marked(run),
      kind: 'migrate',
      status: 'complete',
      batchId: s('id'),
      members: 3,
    } as unknown as BatchEntry;
    const damaged: DamagedRun = {
      runId: s('run'),
      at: s('at'),
      code: 'RUN_DAMAGED',
      message: s('m'),
      advice: s('a'),
      keepsOriginals: false,
    };
    const { knownProduct } = world.engine;
    const history = () => Promise.resolve({ runs: [entry], batches: [batch], damaged: [damaged] });
    const engine = { knownProduct, history };
    const text = JSON.stringify(await collectDiagnostics({ ...source(), engine }, true));
    expect(text.replaceAll(/\\"host\\": \\"[^"]*\\"/g, '')).not.toContain(SECRET);
  });

  test('are made where nothing can be read, and say so', async () => {
    const gone = () =>
      Promise.reject(new HushError({ code: 'RUNS_FOLDER_GONE', message: s('gone'), reaction: 'fix-input' }));
    const engine = { knownProduct: world.engine.knownProduct, history: gone };
    const files = await collectDiagnostics({ userData: join(userData, 'none'), engine, versions: VERSIONS }, false);
    const texts = files.map(({ text }) => text.trim());
    expect(texts.slice(2)).toEqual(['null', '[]', '{\n "unreadable": "RUNS_FOLDER_GONE"\n}', '']);
  });
});

/** The same with every text in it, and in what is in it, taken by another. */
function marked(value: unknown): object {
  const replaced = JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? s('field') : inner,
  ) as object;
  return {
    ...replaced,
    server: s('server'),
    operator: s('operator'),
    behalf: { user: s('u'), way: s('w') },
    leftOver: [s('left')],
  };
}

describe('the log', () => {
  test('keeps moments, places and codes, and no sentence', async () => {
    const log = openLog(userData, () => new Date(MOMENT));
    log.failed('run.start', new HushError({ code: 'CONSENT_NUMBER', message: s('sentence'), reaction: 'fix-input' }));
    log.failed('cli.restore', new TypeError(s('bug')));
    log.note('server.open', SECRET);
    log.note(SECRET.toLowerCase(), 'started');
    const text = await readFile(join(userData, 'log.txt'), 'utf8');
    expect(text).toContain(`${MOMENT} run.start CONSENT_NUMBER\n`);
    expect(text).toMatch(/cli\.restore INTERNAL TypeError diagnostics\.test\.ts:\d+:\d+/);
    expect(readLog(userData).lines.join('\n')).not.toContain(SECRET);
  });

  test('stays small, and stops nothing where it cannot be written', async () => {
    const line = `${MOMENT} history.list DISK_GONE`;
    await writeFile(join(userData, 'log.txt'), `${line}\n`.repeat(5000));
    openLog(userData).note('app', 'started');
    const { lines } = readLog(userData);
    expect(lines).toHaveLength(500);
    expect(lines.at(-1)).toContain('app started');
    openLog(join(userData, 'no folder')).note('app', 'started');
    expect(readLog(join(userData, 'no folder')).lines).toEqual([]);
  });
});

describe('hushcal diagnostics', () => {
  const say = (...argv: string[]) =>
    sayIn(world, ['diagnostics', '--runs', world.runsDir, ...argv], { env: { HUSHCAL_USER_DATA: userData } });

  test('shows all of it, saves it on request, and replaces no file unasked', async () => {
    const shown = await say();
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('== servers.json');
    expect(shown.out).not.toContain(SECRET);
    expect((await say('--out', 'd.zip')).code).toBe(0);
    const entries = await unpacked(await readFile(join(world.dir, 'd.zip')));
    expect([...entries.keys()]).toContain('runs.json');
    const again = await say('--out', 'd.zip');
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('--overwrite')]);
    expect((await say('--out', 'd.zip', '--overwrite', '--hosts')).code).toBe(0);
  });

  test('works without the folder of runs', async () => {
    const gone = await sayIn(world, ['diagnostics'], { env: { HUSHCAL_USER_DATA: userData } });
    expect([gone.code, gone.err, gone.out]).toEqual([
      0,
      expect.anything(),
      expect.stringContaining('RUNS_FOLDER_GONE'),
    ]);
    expect((await sayIn(world, ['runs'], { env: { HUSHCAL_USER_DATA: userData } })).code).toBe(2);
  });
});

test('a product is named as its profile names it', () => {
  for (const { name } of PROFILES) {
    expect(world.engine.knownProduct(name)).toBe(name);
    expect(world.engine.knownProduct(`${name} 1.2.3-${SECRET}`)).toBe(`${name} 1.2.3`);
  }
  expect(world.engine.knownProduct(SECRET)).toBeNull();
});
