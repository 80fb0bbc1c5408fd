import type { z } from 'zod';
import { routes, type Envelope, type RouteName } from '../../shared/ipc/contract.ts';
import { toFailure } from '../../shared/model/failure.ts';
import { NO_LOG, type Log } from '../diagnostics/log.ts';
import { agreed } from './runs/agreed.ts';
import { checkRoute, checkSender, type Sender } from './checks.ts';
import type { Handlers } from './types.ts';

/**
 * Answers one request: what comes in and what goes out is checked against the schemas of the route. Never rejects:
 * refusal, bad input, a bad answer and failure are envelopes with a code.
 */
export async function dispatch(
  handlers: Handlers,
  sender: Sender | null,
  name: unknown,
  input: unknown,
  log: Log = NO_LOG,
): Promise<Envelope<unknown>> {
  try {
    checkSender(sender);
    return { ok: true, value: await answer(handlers, checkRoute(name), input) };
  } catch (thrown) {
    log.failed(knownName(name), thrown);
    return { ok: false, failure: toFailure(thrown) };
  }
}

/** What a page says is anything; only names of routes are noted. */
function knownName(name: unknown): string {
  return typeof name === 'string' && Object.hasOwn(routes, name) ? name : 'unknown-route';
}

async function answer(handlers: Handlers, route: RouteName, input: unknown): Promise<unknown> {
  const { input: inputSchema, output: outputSchema }: { input: z.ZodType; output: z.ZodType } = routes[route];
  const parsed = agreed(inputSchema, input, 'IPC_INVALID_INPUT', `The request ${route}`);
  // Each handler fits its own route by the type of Handlers; for one that is chosen here TypeScript cannot say so.
  const handle = handlers[route] as (input: unknown) => Promise<unknown>;
  return agreed(outputSchema, await handle(parsed), 'IPC_INVALID_OUTPUT', `The answer to ${route}`);
}
