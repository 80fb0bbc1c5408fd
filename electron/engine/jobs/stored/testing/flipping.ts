import { HushError, toFailure } from '../../../../../shared/model/failure.ts';

/** How many bits are flipped, and which: more, or others, where a person says so. */
export const FLIPS = Number(process.env['HUSHCAL_FLIPS'] ?? 300);
export const SEED = Number(process.env['HUSHCAL_SEED'] ?? 20261129);

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const random = randoms(SEED);

/** The octets with one bit of one of them flipped. */
export function flip(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  return flipped;
}

/** `named`: the job says that not everything is as it should be. */
export interface Ended {
  readonly named: boolean;
  readonly how: string;
}

/** Milliseconds in which every job ends. */
const PATIENCE = 20_000;

/** A refusal names what is wrong; a bug does not. */
export async function refusedOr(act: () => Promise<Ended>): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended>((resolve) => {
    timer = setTimeout(() => resolve({ named: false, how: 'it does not end' }), PATIENCE);
  });
  try {
    return await Promise.race([act(), late]);
  } catch (error) {
    if (!(error instanceof HushError)) return { named: false, how: String(error) };
    const { code, reaction } = error.failure;
    return { named: reaction !== 'our-bug', how: code };
  } finally {
    clearTimeout(timer);
  }
}

/** Each message is one that was consented to, and goes out once: those that are not. */
export function unasked(heard: readonly string[], allowed: readonly string[]): readonly string[] {
  return heard.filter((message, at) => !allowed.includes(message) || heard.indexOf(message) !== at);
}

/** How the world stands after a job that went on from damage. */
interface Seen {
  readonly right: boolean;
  /** Texts in a calendar that nobody ever wrote. */
  readonly wrong: readonly string[];
  readonly unasked: readonly string[];
}

/** What came of all flips, by kind of file and job. */
export class Judgement {
  readonly failures: string[] = [];
  readonly #table = new Map<string, { flips: number; right: number; named: number }>();

  add(what: string, kind: string, { named, how }: Ended, { right, wrong, unasked }: Seen): void {
    const count = this.#table.get(kind) ?? { flips: 0, right: 0, named: 0 };
    this.#table.set(kind, {
      flips: count.flips + 1,
      right: count.right + (right ? 1 : 0),
      named: count.named + (named ? 1 : 0),
    });
    for (const text of wrong) this.failures.push(`${what}: something wrong is stored: ${text.slice(0, 300)}`);
    for (const message of unasked) this.failures.push(`${what}: somebody was notified unasked, or twice: ${message}`);
    if (!right && !named) this.failures.push(`${what}: neither right nor named (${how})`);
  }

  /** A report is there, or says in words why it is not. */
  async readable(what: string, report: () => Promise<unknown>): Promise<void> {
    try {
      await report();
    } catch (error) {
      if (!(error instanceof HushError)) this.failures.push(`${what}: the report fails: ${toFailure(error).message}`);
    }
  }

  /** All flips; the table is printed where more of them were asked for. */
  count(): number {
    const lines = [...this.#table]
      .sort()
      .map(([kind, { flips, right, named }]) => `${kind.padEnd(52)} ${flips} flips, ${right} right, ${named} named`);
    if (process.env['HUSHCAL_FLIPS'] !== undefined) process.stdout.write(`${lines.join('\n')}\n`);
    return [...this.#table.values()].reduce((sum, { flips }) => sum + flips, 0);
  }
}
