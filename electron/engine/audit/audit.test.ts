import { mkdirSync, rmSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calendar, GUESTS, openWorld } from '../jobs/testing/world.ts';
import { consentTo } from '../jobs/testing/consent.ts';
import { readAudit, verifyAudit } from './read.ts';
import { auditPath, noteAudit, type AuditPorts } from './write.ts';

let dir: string;
let ports: AuditPorts;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-audit-'));
  ports = { runsDir: join(dir, 'runs'), now: () => new Date('2026-11-29T12:00:00Z') };
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const unlocked = (id: string): Promise<void> => noteAudit(ports, { what: 'unlock', id });
const text = (): Promise<string> => readFile(auditPath(ports.runsDir), 'utf8');
const sound = async (anchor: string | null = null): Promise<boolean> =>
  (await verifyAudit(ports.runsDir, anchor)).sound;

describe('the lines', () => {
  it('are only added to, one after the other, readable by their owner alone', async () => {
    await unlocked('a');
    const first = await text();
    await Promise.all(['b', 'c', 'd'].map(unlocked));
    expect((await text()).startsWith(first)).toBe(true);
    const { lines, troubles } = await readAudit(ports.runsDir);
    expect(lines.map((line) => ('id' in line ? line.id : ''))).toEqual(['a', 'b', 'c', 'd']);
    expect([troubles, await sound()]).toEqual([[], true]);
    const { mode } = await stat(auditPath(ports.runsDir));
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  });

  it('of several processes follow each other, too', async () => {
    // Each has a queue of its own, as in a process of its own: only the lock is between them.
    const writers: (typeof noteAudit)[] = [];
    for (let at = 0; at < 3; at += 1) {
      vi.resetModules();
      writers.push((await import('./write.ts')).noteAudit);
    }
    expect(new Set(writers).size).toBe(3);
    const each = writers.flatMap((write, at) =>
      Array.from({ length: 15 }, (_, n) => write(ports, { what: 'unlock', id: `${at}-${n}` })),
    );
    await Promise.all(each);
    expect(await verifyAudit(ports.runsDir)).toMatchObject({ lines: 45, sound: true });
  });
});

describe('a line that a crash tore', () => {
  it('stays as it is; the next one stands on a line of its own, after one that names it', async () => {
    await unlocked('a');
    await appendFile(auditPath(ports.runsDir), '{"v":1,"kind":"aud');
    expect(await verifyAudit(ports.runsDir)).toMatchObject({ lines: 1, torn: [{ line: 2, named: false }] });
    await unlocked('b');
    const [, torn, mended = '', next = ''] = (await text()).split('\n');
    expect(torn).toBe('{"v":1,"kind":"aud');
    expect([JSON.parse(mended), JSON.parse(next)]).toMatchObject([{ what: 'mended', octets: 18 }, { id: 'b' }]);
    expect(await verifyAudit(ports.runsDir)).toMatchObject({
      lines: 3,
      sound: true,
      torn: [{ line: 2, named: true }],
      troubles: [],
    });
    expect((await readAudit(ports.runsDir)).troubles).toEqual([]);
  });

  it('is found however long it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 90_000 }), async (octets) => {
        await rm(ports.runsDir, { recursive: true, force: true });
        await unlocked('a');
        await appendFile(auditPath(ports.runsDir), 'x'.repeat(octets));
        await unlocked('b');
        await unlocked('c');
        expect(await verifyAudit(ports.runsDir)).toMatchObject({
          sound: true,
          torn: [{ line: 2, named: true }],
        });
      }),
      { numRuns: 15 },
    );
  });
});

describe('a last line that a crash tore', () => {
  const TORN = '{"v":1,"kind":"aud';
  const read = () => readAudit(ports.runsDir);

  it.each([
    ['is the only one', 0, 1],
    ['comes after whole ones', 2, 3],
  ])('that %s is trouble of its own, and no whole line', async (_name, before, line) => {
    await mkdir(ports.runsDir, { recursive: true });
    for (let n = 0; n < before; n += 1) await unlocked(String(n));
    await appendFile(auditPath(ports.runsDir), TORN);
    const { lines, troubles } = await read();
    expect([lines.length, troubles]).toEqual([before, [{ line, reason: expect.stringContaining('crash') as string }]]);
    expect(await verifyAudit(ports.runsDir)).toMatchObject({
      lines: before,
      sound: true,
      torn: [{ line, named: false }],
    });
    // Also where the filter asks for something else: nobody knows what it was to say.
    expect((await readAudit(ports.runsDir, { run: 'nobody' })).troubles).toHaveLength(1);
  });

  it('is not seen in an audit that is empty, or not there', async () => {
    expect([await read(), await verifyAudit(ports.runsDir)]).toMatchObject([
      { lines: [], troubles: [] },
      { lines: 0, sound: true, torn: [], last: null },
    ]);
    await mkdir(ports.runsDir);
    await writeFile(auditPath(ports.runsDir), '');
    expect([await read(), await verifyAudit(ports.runsDir)]).toMatchObject([
      { lines: [], troubles: [] },
      { lines: 0, sound: true, torn: [], last: null },
    ]);
  });

  it('is a changed one where lines follow that do not name it', async () => {
    await unlocked('a');
    const whole = await text();
    await appendFile(auditPath(ports.runsDir), `${TORN}\n${whole}`);
    expect(await verifyAudit(ports.runsDir)).toMatchObject({ lines: 3, sound: false, torn: [] });
    expect((await read()).troubles).toMatchObject([{ line: 2 }]);
  });
});

describe('what was changed afterwards shows', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(3) }),
    fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(4) }),
    fc.record({ kind: fc.constant('swap' as const), at: fc.nat(3) }),
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat(3) }),
  );

  it('wherever a line is taken out, put in, moved or altered', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await unlocked(id);
    const whole = await text();
    const { last } = await verifyAudit(ports.runsDir);
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, at }) => {
        const lines = whole.trimEnd().split('\n');
        const line = lines[at] ?? '';
        if (kind === 'remove') lines.splice(at, 1);
        else if (kind === 'repeat') lines.splice(at, 0, line);
        else if (kind === 'swap') lines.splice(at, 2, lines[at + 1] ?? '', line);
        else lines[at] = line.replace(/"id":"./, '"id":"z');
        await writeFile(auditPath(ports.runsDir), `${lines.join('\n')}\n`);
        expect(await sound()).toBe(false);
      }),
    );
    // What is cut off at the end shows only to who noted the last hash.
    const cut = whole.trimEnd().split('\n').slice(0, 3).join('\n');
    await writeFile(auditPath(ports.runsDir), `${cut}\n`);
    expect([await sound(), await sound(last)]).toEqual([true, false]);
    await writeFile(auditPath(ports.runsDir), whole);
    await unlocked('f');
    expect(await sound(last)).toBe(true);
  });
});

describe('an audit that cannot be written', () => {
  it('begins nothing: no run, no request that writes, no folder', async () => {
    const world = await openWorld();
    try {
      await mkdir(auditPath(world.runsDir), { recursive: true });
      const job = await world.engine.prepareRestore(
        world.spec({ sources: [await world.source('a.ics', calendar([['UID:a', ...GUESTS]]))] }),
        world.connection,
      );
      await expect(job.start(consentTo(job))).rejects.toMatchObject({
        failure: { code: 'AUDIT_NOT_WRITTEN', message: expect.stringContaining('nothing is begun') as string },
      });
      expect((await readdir(world.runsDir)).filter((name) => /^\.?(?:\d{8}T|new|gone)/.test(name))).toEqual([]);
      expect((await world.objects()).size).toBe(0);
      // Once it can, the same plan runs.
      await rm(auditPath(world.runsDir), { recursive: true });
      const handle = await job.start(consentTo(job));
      await handle.finished;
      expect((await world.objects()).size).toBe(1);
    } finally {
      await world.close();
    }
  });

  it('at its end makes a run that went well one that needs attention', async () => {
    const world = await openWorld();
    try {
      const sources = [await world.source('a.ics', calendar([['UID:a', ...GUESTS]]))];
      const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
      const broken = world.server.onChange(() => {
        broken();
        rmSync(auditPath(world.runsDir));
        mkdirSync(auditPath(world.runsDir));
      });
      const handle = await job.start(consentTo(job));
      const events = [];
      for await (const some of handle.events()) events.push(...some);
      expect(events.at(-1)).toMatchObject({ kind: 'settled', status: 'incomplete' });
      expect(events).toContainEqual(
        expect.objectContaining({
          kind: 'problem',
          failure: expect.objectContaining({ code: 'AUDIT_NOT_WRITTEN' }) as unknown,
        }),
      );
    } finally {
      await world.close();
    }
  });
});
