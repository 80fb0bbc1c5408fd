import { Pool } from 'undici';

export interface BareTarget {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly connections: number;
}

/**
 * The yardstick: PUTs of ready bodies through undici's Pool, nothing else. No journal, no verify, no pacing; answers are
 * drained so that connections are used again. Resolves to milliseconds; throws on the first answer that is not 2xx.
 */
export async function putAll(
  target: BareTarget,
  bodies: readonly (readonly [name: string, body: Buffer])[],
): Promise<number> {
  const { origin, pathname } = new URL(target.url);
  const pool = new Pool(origin, { connections: target.connections, pipelining: 1 });
  const authorization = `Basic ${Buffer.from(`${target.user}:${target.password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar; charset=utf-8', 'if-none-match': '*' };
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const entry = bodies[next];
      next += 1;
      if (entry === undefined) return;
      const [name, body] = entry;
      const answer = await pool.request({ path: pathname + name, method: 'PUT', headers, body });
      await answer.body.dump();
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw new Error(`PUT ${name}: ${String(answer.statusCode)}`);
    }
  };
  await Promise.all(Array.from({ length: target.connections }, worker));
  const elapsed = performance.now() - started;
  await pool.close();
  return elapsed;
}
