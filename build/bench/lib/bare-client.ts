import { Pool } from 'undici';

export interface BareTarget {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly connections: number;
  /** Scheduling headers, the same that the engine sends. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The yardstick: PUTs of ready bodies through undici's Pool, nothing else. No journal, no verify, no pacing; answers are
 * drained so that connections are used again. Throws on the first answer that is not 2xx.
 */
export async function putAll(
  target: BareTarget,
  bodies: readonly (readonly [name: string, body: Buffer])[],
): Promise<void> {
  const { origin, pathname } = new URL(target.url);
  const pool = new Pool(origin, { connections: target.connections, pipelining: 1 });
  const authorization = `Basic ${Buffer.from(`${target.user}:${target.password}`).toString('base64')}`;
  const own = { authorization, 'content-type': 'text/calendar; charset=utf-8', 'if-none-match': '*' };
  const headers = { ...target.headers, ...own };
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
  await pool.close();
}
