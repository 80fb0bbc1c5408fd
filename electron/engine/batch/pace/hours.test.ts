import { afterEach, describe, expect, it } from 'vitest';
import { mayWrite, restsUntil } from './hours.ts';
import { LIMITS, events, followBatch, openCrowd, restoreMany, type Crowd } from '../testing/crowd.ts';
import { planBatchOf } from '../testing/plan.ts';
import { consentTo } from '../../jobs/testing/consent.ts';

const at = (hour: number, minute = 0): Date => new Date(2026, 10, 24, hour, minute);

describe('allowed hours', () => {
  it.each([
    [null, 3, true],
    [{ from: 22, to: 6 }, 21, false],
    [{ from: 22, to: 6 }, 22, true],
    [{ from: 22, to: 6 }, 5, true],
    [{ from: 22, to: 6 }, 6, false],
    [{ from: 8, to: 17 }, 7, false],
    [{ from: 8, to: 17 }, 16, true],
    [{ from: 8, to: 17 }, 17, false],
    [{ from: 9, to: 9 }, 3, true],
    [{ from: 0, to: 24 }, 0, true],
  ] as const)('%j at %i o’clock: %s', (hours, hour, allowed) => {
    expect(mayWrite(hours, at(hour))).toBe(allowed);
    expect(restsUntil(hours, at(hour)) === null).toBe(allowed);
  });

  it('says when they begin again: today, or tomorrow', () => {
    expect(restsUntil({ from: 22, to: 6 }, at(7, 30))).toEqual(at(22));
    expect(restsUntil({ from: 8, to: 17 }, at(20))).toEqual(new Date(2026, 10, 25, 8));
  });
});

describe('a batch outside of its hours', () => {
  let crowd: Crowd | null = null;
  afterEach(async () => {
    await crowd?.close();
    crowd = null;
  });

  it('rests, and goes on by the wall clock, however long the computer slept', async () => {
    crowd = await openCrowd({ anna: events('anna', 2), ben: events('ben', 1) });
    const here = crowd;
    const clock = { now: at(12) };
    const ports = { ...here.ports, now: () => clock.now, lookAtClock: 5 };
    const limits = { ...LIMITS, hours: { from: 22, to: 6 } };
    const batch = await planBatchOf(ports, restoreMany, { ...(await here.spec()), limits }, here.connect);
    const handle = await batch.start(consentTo(batch));
    const { settled, events: said } = await followBatch(handle, (some) => {
      // The computer sleeps as soon as the batch rests, and wakes in the night.
      if (some.some((event) => event.kind === 'resting' && event.until !== null)) clock.now = at(23);
    });
    expect(settled.status).toBe('complete');
    const rests = said.flatMap((event) => (event.kind === 'resting' ? [event.until] : []));
    expect(rests).toEqual([at(22).toISOString(), null]);
    const goesOn = said.findIndex((event) => event.kind === 'resting' && event.until === null);
    expect(said.slice(0, goesOn).some((event) => event.kind === 'member' && event.member.state !== 'queued')).toBe(
      false,
    );
  });
});
