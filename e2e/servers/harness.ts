import { afterAll, beforeAll } from 'vitest';
import { startServer, type RunningServer, type ServerName } from './running-server.ts';

export { startServer, traversableTemp } from './running-server.ts';
export type { CapturedMail, RunningServer, ServerName, ServerUser } from './running-server.ts';

/**
 * A server for the tests of one file: started before them, stopped after them. When it does not start, each test
 * that asks for it fails with the reason; none is skipped.
 */
export function useServer(name: ServerName, environment: Readonly<Record<string, string>> = {}): () => RunningServer {
  let server: RunningServer | undefined;
  let failure: unknown;
  beforeAll(async () => {
    try {
      server = await startServer(name, environment);
    } catch (error) {
      failure = error;
    }
  }, 90_000);
  afterAll(async () => {
    await server?.stop();
  }, 60_000);
  return () => {
    if (server === undefined) throw failure;
    return server;
  };
}
