/** How many items were done at a moment (milliseconds of any steady clock). */
export interface Sample {
  readonly at: number;
  readonly done: number;
}

export interface RatePoint {
  /** Seconds since the first sample. */
  readonly at: number;
  /** Items a second. */
  readonly rate: number;
}

const EVERY_MS = 400;
const MOST_SAMPLES = 240;
/** The rate that is told is the mean over this long. */
const RECENT_MS = 4000;
/** Nothing that long, and the last rate says nothing about the next seconds. */
const SILENT_MS = 3000;

/** Keeps a sample when enough time went by; a long run is thinned out evenly instead of cut. */
export function addSample(samples: readonly Sample[], at: number, done: number): readonly Sample[] {
  const last = samples.at(-1);
  const first = samples[0];
  if (last === undefined || first === undefined) return [{ at, done }];
  const apart = Math.max(EVERY_MS, (last.at - first.at) / MOST_SAMPLES);
  if (at - last.at < apart) return samples;
  const next = [...samples, { at, done }];
  return next.length <= MOST_SAMPLES ? next : next.filter((_, index) => index % 2 === 0 || index === next.length - 1);
}

/** Items a second between neighbouring samples. */
export function ratePoints(samples: readonly Sample[]): readonly RatePoint[] {
  const start = samples[0]?.at ?? 0;
  return samples.slice(1).map((sample, index) => {
    const before = samples[index] ?? sample;
    const seconds = (sample.at - before.at) / 1000;
    return { at: (sample.at - start) / 1000, rate: seconds > 0 ? (sample.done - before.done) / seconds : 0 };
  });
}

/** Items a second over the last seconds; null while there is nothing to tell, 0 when nothing came for a while. */
export function currentRate(samples: readonly Sample[], now: number): number | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  if (now - last.at > SILENT_MS) return 0;
  const from = samples.find((sample) => last.at - sample.at <= RECENT_MS);
  if (from === undefined || last.at - from.at < EVERY_MS) return null;
  return ((last.done - from.done) * 1000) / (last.at - from.at);
}
