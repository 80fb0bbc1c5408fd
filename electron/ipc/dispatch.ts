import type { z } from 'zod';
import { routes, type Envelope, type RouteName } from '../../shared/ipc/contract.ts';
import { HushError, toFailure } from '../../shared/model/failure.ts';
import { checkRoute, checkSender, type Sender } from './gates.ts';
import type { Handlers } from './types.ts';

export interface DispatchOptions {
  readonly handlers: Handlers;
  /** Also parse what goes out: in development and in tests. */
  readonly checkOutputs: boolean;
}

/** Answers one request. Never rejects: refusal, bad input and failure are envelopes with a code. */
export async function dispatch(
  options: DispatchOptions,
  sender: Sender | null,
  name: unknown,
  input: unknown,
): Promise<Envelope<unknown>> {
  try {
    checkSender(sender);
    return { ok: true, value: await answer(options, checkRoute(name), input) };
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}

async function answer({ handlers, checkOutputs }: DispatchOptions, route: RouteName, input: unknown): Promise<unknown> {
  const { input: inputSchema, output: outputSchema }: { input: z.ZodType; output: z.ZodType } = routes[route];
  const parsed = parse(inputSchema, input, 'IPC_INVALID_INPUT', `The request ${route}`);
  // Each handler fits its own route by the type of Handlers; for one that is chosen here TypeScript cannot say so.
  const handle = handlers[route] as (input: unknown) => Promise<unknown>;
  const value = await handle(parsed);
  return checkOutputs ? parse(outputSchema, value, 'IPC_INVALID_OUTPUT', `The answer to ${route}`) : value;
}

/** The message names fields, never their values: a password may be among them. */
function parse(schema: z.ZodType, value: unknown, code: string, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => `${issue.path.join('.') || 'it'} (${issue.code})`);
  throw new HushError({
    code,
    message: `${what} does not have the form that was agreed: ${[...new Set(fields)].slice(0, 5).join(', ')}.`,
    reaction: 'our-bug',
  });
}
