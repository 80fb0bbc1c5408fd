import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, runAll, type World } from './testing/world.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function open(personality: string): Promise<World> {
  world = await openWorld({ personality });
  return world;
}

const meeting = calendar([['UID:meeting', ...GUESTS]]);

function tryCanary({ engine, connection, calendarUrl }: World, signal?: AbortSignal) {
  return engine.canary({ calendarUrl }, connection, undefined, signal);
}

async function verdictOf(here: World) {
  const spec = here.spec({ sources: [await here.source('meeting.ics', meeting)] });
  const job = await here.engine.prepareRestore(spec, here.connection);
  const { verdict } = job.summary;
  await job.discard();
  return verdict;
}

describe('a canary', () => {
  it('proves a server that keeps quiet by a name of its own: what it adds, not what it deletes', async () => {
    const here = await open('nextcloud-29-like');
    expect(await verdictOf(here)).toMatchObject({ effective: null, provable: true });
    const proof = await tryCanary(here);
    expect(proof).toMatchObject({ control: true, create: true, update: true });
    expect((await here.objects()).size).toBe(0);
    // The control, and nothing else: one message out, none to anybody real.
    const to = new Set(here.server.messages().map((message) => message.to));
    expect([...to]).toEqual(['canary@hushcal.invalid']);
    here.server.clearMessages();
    const verdict = await verdictOf(here);
    expect(verdict).toMatchObject({ effective: 'none', assurance: 'proved' });
    expect(verdict.undo).toContain('cannot be silent');
    expect(verdict.because).not.toMatch(/ignore|not known/);
    const run = await here.restore({ sources: [await here.source('meeting.ics', meeting)] });
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(here.server.messages()).toEqual([]);
    const undo = await here.engine.prepareUndo(run.runId, here.connection);
    expect(undo.summary.verdict).toMatchObject({ effective: null, assurance: 'blocked' });
    await expect(runAll(undo)).rejects.toMatchObject({ failure: { code: 'MODE_BLOCKED' } });
    await undo.discard();
  });

  it.each(['ignores-header', 'advertises-but-ignores'])('shows that %s tells people', async (personality) => {
    const here = await open(personality);
    const proof = await tryCanary(here);
    expect(proof).toMatchObject({ control: true, create: false, update: false });
    expect(proof.seen.join(' ')).toContain('notified anyway');
    expect((await here.objects()).size).toBe(0);
  });

  it('blocks a server that announces the draft and was seen to ignore it', async () => {
    const here = await open('advertises-but-ignores');
    expect((await verdictOf(here)).assurance).toBe('advertised');
    await tryCanary(here);
    expect(await verdictOf(here)).toMatchObject({ effective: null, assurance: 'blocked' });
  });

  it('cannot prove anything where the server shows nothing', async () => {
    const here = await open('noScheduling');
    const proof = await tryCanary(here);
    expect(proof).toMatchObject({ control: false, create: false, update: false });
    expect(proof.seen.join(' ')).toContain('cannot be proved');
    expect(await verdictOf(here)).toMatchObject({ effective: null });
  });

  it('counts for seven days, for the same server', async () => {
    const here = await open('nextcloud-29-like');
    await tryCanary(here);
    here.passTime(6 * 24 * 3_600_000);
    expect((await verdictOf(here)).assurance).toBe('proved');
    here.passTime(25 * 3_600_000);
    expect((await verdictOf(here)).assurance).toBe('blocked');
  });

  it('takes a damaged note for none', async () => {
    const here = await open('nextcloud-29-like');
    await tryCanary(here);
    const path = join(here.runsDir, 'canary.json');
    const proofs = await readFile(path, 'utf8');
    await here.source('runs/canary.json', proofs.replace('Nextcloud', 'Nextcloud 99'));
    expect((await verdictOf(here)).assurance).toBe('blocked');
    await here.source('runs/canary.json', '{');
    expect((await verdictOf(here)).assurance).toBe('blocked');
  });

  it('removes its events when it is ended in the middle', async () => {
    const here = await open('nextcloud-29-like');
    const ended = new AbortController();
    const going = here.engine.canary(
      { calendarUrl: here.calendarUrl },
      here.connection,
      (phase) => {
        if (phase === 'update') ended.abort();
      },
      ended.signal,
    );
    await expect(going).rejects.toThrow();
    expect((await here.objects()).size).toBe(0);
    expect((await verdictOf(here)).assurance).toBe('blocked');
  });

  it('removes what a killed one left, and touches nothing else', async () => {
    const here = await open('nextcloud-29-like');
    await tryCanary(here);
    const left = calendar([['UID:canary-quiet@hushcal.invalid', ...GUESTS]]);
    await here.put('left-over.ics', left);
    await here.put('mine.ics', calendar([['UID:mine', 'SUMMARY:canary-quiet@hushcal.invalid']]));
    await tryCanary(here);
    expect([...(await here.objects()).values()].join('')).toContain('UID:mine');
    expect((await here.objects()).size).toBe(1);
  });

  it('works twice in a row where a trash bin keeps what was deleted, and fills it with nothing', async () => {
    const here = await open('nextcloud-25-like');
    for (let time = 1; time <= 2; time += 1) {
      expect(await tryCanary(here)).toMatchObject({ control: true, create: true, update: true });
      expect((await here.objects()).size).toBe(0);
    }
  });

  it('finds its events where the server renames them', async () => {
    const here = await open('renames-resources');
    expect(await tryCanary(here)).toMatchObject({ control: true, create: true, update: true });
    expect((await here.objects()).size).toBe(0);
  });
});
