/** Middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? NaN)) / 2;
}

interface Contender<T> {
  readonly name: string;
  readonly run: (round: number) => Promise<T>;
}

/**
 * Runs all contenders in turn, round by round and in changing order, so that whatever the machine does besides hits
 * all of them alike.
 */
export async function interleave<T>(contenders: readonly Contender<T>[], rounds: number): Promise<Map<string, T[]>> {
  const results = new Map<string, T[]>(contenders.map((contender) => [contender.name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) results.get(contender.name)?.push(await contender.run(round));
  }
  return results;
}
