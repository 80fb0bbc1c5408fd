import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type SayOptions, type Said } from './testing/said.ts';

let world: World;
let source: string;
beforeEach(async () => {
  world = await openWorld();
  source = await world.source('a.ics', event('a', GUESTS));
});
afterEach(() => world.close());

const say = (argv: readonly string[], options?: SayOptions): Promise<Said> => sayIn(world, argv, options);
const restore = (mode: string, ...more: readonly string[]): Promise<Said> =>
  say(['restore', source, ...toCalendar(world), '--scheduling', mode, ...more]);
const again = (command: string, runId: string, ...more: readonly string[]): Promise<Said> =>
  say([command, runId, '--password-env', 'PASSWORD', '--runs', world.runsDir, ...more]);

async function lastRun(): Promise<string> {
  return (await world.engine.runs())[0]?.runId ?? '';
}

async function hashOf(dryRun: Promise<Said>): Promise<string> {
  return /--yes=([0-9a-f]{64})/.exec((await dryRun).err)?.[1] ?? '';
}

/** Nothing is written on a bare `--yes`, on another number or another hash; then it runs, and sends that number. */
async function asksFor(messages: number, job: (...more: readonly string[]) => Promise<Said>): Promise<void> {
  world.server.clearMessages();
  const before = await world.objects();
  const runs = (await world.engine.runs()).length;
  const number = String(messages);
  const refused = [['--yes'], ['--messages', String(messages + 1)], ['--messages', '0'], ['--yes', '--messages', '9']];
  for (const consent of [...refused, [`--yes=${'0'.repeat(64)}`], []]) {
    const said = await job(...consent);
    expect([consent, said.code, said.err]).toEqual([consent, 2, expect.stringContaining('Nothing was written')]);
  }
  const { err } = await job('--yes');
  expect(err).toMatch(new RegExp(`sends ${number} messages?( to \\d \\w+)?, and --yes alone does not say so`));
  expect(err).toMatch(new RegExp(`--messages ${number}\\) or name what was shown \\(--yes=[0-9a-f]{64}\\)`));
  expect([await world.objects(), (await world.engine.runs()).length]).toEqual([before, runs]);
  expect(world.server.messages()).toEqual([]);
  const done = await job('--messages', number);
  expect([done.code, done.err]).toEqual([0, expect.not.stringContaining('Nothing was written')]);
  expect(world.server.messages()).toHaveLength(messages);
}

describe('the number of messages is asked for', () => {
  it.each([
    ['all', 2],
    ['external-only', 1],
  ] as const)('by a restore in mode %s', async (mode, messages) => {
    await asksFor(messages, (...more) => restore(mode, ...more));
  });

  it('at a Radicale whose mail hook nobody excluded: every guest, the owner too, by a restore and by its undo', async () => {
    await world.close();
    world = await openWorld({ personality: 'radicale-hook-like' });
    source = await world.source('a.ics', event('a', GUESTS));
    await asksFor(3, (...more) => restore('all', ...more));
    const run = await lastRun();
    await asksFor(3, (...more) => again('undo', run, '--scheduling', 'all', ...more));
  });

  it.each([
    ['all', 2],
    ['external-only', 1],
  ] as const)('by an undo in mode %s', async (mode, messages) => {
    await restore(mode, '--messages', String(messages));
    const runId = await lastRun();
    await asksFor(messages, (...more) => again('undo', runId, ...more));
  });

  it('by an undo that is loud where its run was not', async () => {
    await restore('none', '--yes');
    const runId = await lastRun();
    await asksFor(2, (...more) => again('undo', runId, '--scheduling', 'all', ...more));
  });

  it('by a retry', async () => {
    world.server.setFaults([{ method: 'PUT', status: 403, count: 1 }]);
    await restore('external-only', '--messages', '1');
    world.server.setFaults([]);
    const runId = await lastRun();
    await asksFor(1, (...more) => again('retry', runId, ...more));
  });

  it('by a retry of what is unknown, where people may have been notified already', async () => {
    world.server.setFaults([{ method: 'PUT', cut: 'before', count: 1 }]);
    const lost = await restore('all', '--messages', '2');
    world.server.setFaults([]);
    expect([lost.code, lost.out]).toEqual([1, expect.stringContaining('may have been notified')]);
    const runId = await lastRun();
    const shown = await again('retry', runId, '--dry-run');
    expect(shown.out).toContain('1 event went out before and had no answer');
    await asksFor(2, (...more) => again('retry', runId, ...more));
  });

  it('by what puts back and by what cleans up', async () => {
    await restore('none', '--yes');
    const rules = ['--match', 'title=Planning', '--include-own', '--scheduling', 'all'];
    await asksFor(2, (...more) => say(['cleanup', ...toCalendar(world), ...rules, ...more]));
    const runId = await lastRun();
    await asksFor(2, (...more) => again('undo', runId, ...more));
  });

  it('by the hash of the plan, too', async () => {
    const hash = await hashOf(restore('all', '--dry-run'));
    expect((await restore('all', `--yes=${hash}`)).code).toBe(0);
    expect(world.server.messages()).toHaveLength(2);
    const undo = await hashOf(again('undo', await lastRun(), '--dry-run'));
    expect((await again('undo', await lastRun(), `--yes=${undo}`)).code).toBe(0);
    expect(world.server.messages()).toHaveLength(4);
  });

  it('by a resume: of what is left', async () => {
    source = await world.source('two.ics', event('a', GUESTS) + event('b', GUESTS));
    world.server.setFaults([{ method: 'PUT', status: 507, count: 0, after: 1 }]);
    const stopped = await restore('all', '--messages', '4', '--concurrency', '1');
    world.server.setFaults([]);
    expect([stopped.code, world.server.messages().length]).toEqual([3, 2]);
    const runId = await lastRun();
    const bare = await again('resume', runId, '--yes');
    expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('this run sends 2 messages')]);
    expect((await again('resume', runId, '--messages', '4')).code).toBe(2);
    expect(world.server.messages()).toHaveLength(2);
    expect((await again('resume', runId, '--messages', '2')).code).toBe(0);
    expect(world.server.messages()).toHaveLength(4);
  });
});

describe('no number is asked for', () => {
  it.each(['none', 'internal-only'])('in mode %s', async (mode) => {
    expect((await restore(mode, '--yes')).code).toBe(0);
    expect(world.server.messages()).toEqual([]);
  });

  it('where nobody is invited, in mode all', async () => {
    source = await world.source('plain.ics', event('plain'));
    expect((await restore('all', '--yes')).code).toBe(0);
  });

  it('where the server schedules nothing, in mode all, and none is shown', async () => {
    await world.close();
    world = await openWorld({ personality: 'radicale-like' });
    source = await world.source('a.ics', event('a', GUESTS));
    const said = await restore('all', '--assume', 'no-mail-hook', '--yes');
    expect([said.code, said.err]).toEqual([0, expect.not.stringContaining('Nothing was written')]);
    expect(said.out).toMatch(/→ all +0 +0 +0 +0 +0 +0/);
    expect(said.out).not.toContain('invitation');
  });

  it('and 0 is one that can be named', async () => {
    expect((await restore('none', '--messages', '1')).err).toContain('sends no message, and not 1');
    expect((await restore('none', '--messages', '0')).code).toBe(0);
    expect((await restore('none', '--messages', 'two')).code).toBe(2);
  });
});

describe('at a terminal', () => {
  it('the number is typed', async () => {
    const said = await say(['restore', source, ...toCalendar(world), '--scheduling', 'all', '--yes'], {
      terminal: true,
      stdin: '2\n',
    });
    expect([said.code, said.err]).toEqual([0, expect.stringContaining('Type the number of messages to confirm')]);
    expect(world.server.messages()).toHaveLength(2);
  });

  it.each(['', '\n', '3\n', 'yes\n', '2 \u00b2\n', '-2\n'])('%j is no consent', async (stdin) => {
    const said = await say(['restore', source, ...toCalendar(world), '--scheduling', 'all', '--yes'], {
      terminal: true,
      stdin,
    });
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('Nothing was written')]);
    expect(world.server.messages()).toEqual([]);
  });
});
