import { describe, expect, it } from 'vitest';
import { addSample, currentRate, ratePoints, type Sample } from './rate.ts';

function run(seconds: number, perSecond: number): readonly Sample[] {
  let samples: readonly Sample[] = [];
  for (let at = 0; at <= seconds * 1000; at += 50)
    samples = addSample(samples, at, Math.floor((at / 1000) * perSecond));
  return samples;
}

describe('the rate of a run', () => {
  it('is what was done in the last seconds', () => {
    expect(currentRate(run(10, 40), 10_000)).toBeCloseTo(40, 0);
  });

  it('is not told before there is anything to tell', () => {
    expect(currentRate([], 0)).toBeNull();
    expect(currentRate([{ at: 0, done: 0 }], 100)).toBeNull();
  });

  it('is none when nothing came for a while', () => {
    expect(currentRate(run(10, 40), 12_900)).toBeCloseTo(40, 0);
    expect(currentRate(run(10, 40), 13_100)).toBe(0);
  });

  it('of an hour is kept in few points that reach from start to end', () => {
    const samples = run(3600, 40);
    expect(samples.length).toBeLessThanOrEqual(240);
    const points = ratePoints(samples);
    expect(points[0]?.rate).toBeCloseTo(40, 0);
    expect(points.at(-1)?.at).toBeGreaterThan(3500);
  });
});
