import { BRIDGE_NAME } from '../../shared/ipc/channels.ts';
import type {
  Bridge,
  Envelope,
  PushData,
  PushName,
  RouteInput,
  RouteName,
  RouteOutput,
  SourceSet,
} from '../../shared/ipc/contract.ts';
import { hasCode, HushError, toFailure, type Failure } from '../../shared/model/failure.ts';

/* The one file that touches the object which the preload puts into the page. */

declare global {
  interface Window {
    readonly hushcal?: Bridge;
  }
}

function bridge(): Bridge {
  const found = window[BRIDGE_NAME];
  if (found === undefined) {
    throw new HushError({
      code: 'BRIDGE_MISSING',
      message: 'This page only works inside the Hushcal window. Please start the app.',
      reaction: 'our-bug',
    });
  }
  return found;
}

type GoneListener = (route: RouteName, planId: string, failure: Failure) => void;
let tellGone: GoneListener = () => undefined;

/** Hears of a prepared plan that the engine has no more, whichever request found that out, before the one that asked does. */
export function onPlanGone(listener: GoneListener): void {
  tellGone = listener;
}

/** Asks the main process. Throws a HushError that carries the failure of the envelope. */
export async function call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> {
  try {
    // The main process checked the value against the schema of the route before it sent it.
    return opened(await bridge().request(route, input)) as RouteOutput<R>;
  } catch (thrown) {
    const planId = planOf(input);
    if (planId !== null && hasCode(thrown, ['HANDLE_GONE'])) tellGone(route, planId, toFailure(thrown));
    throw thrown;
  }
}

/** The prepared plan that a request is about: it, or what its calendars hold. */
function planOf(input: object): string | null {
  if ('planId' in input && typeof input.planId === 'string') return input.planId;
  return 'what' in input && typeof input.what === 'object' && input.what !== null ? planOf(input.what) : null;
}

/** Hands dropped files over; the preload turns them into paths, which this page never sees. */
export async function dropFiles(files: readonly File[]): Promise<SourceSet> {
  // As above.
  return opened(await bridge().request('source.drop', { paths: [] }, files)) as SourceSet;
}

/** Hands dropped files over with a request of a route that takes paths: the preload adds them. */
export async function dropInto<R extends 'mapping.drop' | 'find.drop'>(
  route: R,
  input: RouteInput<R>,
  files: readonly File[],
): Promise<RouteOutput<R>> {
  // As above.
  return opened(await bridge().request(route, input, files)) as RouteOutput<R>;
}

/** Those who listen; the bridge is asked once for all of them. */
const listeners = new Set<(push: string, data: unknown) => void>();
let subscribed = false;

/** Listens to what the main process says by itself. Gives the function that ends the listening. */
export function on<P extends PushName>(push: P, listener: (data: PushData<P>) => void): () => void {
  const hear = (name: string, data: unknown): void => {
    // The main process checked the data against the schema of the same name before it sent it.
    if (name === push) listener(data as PushData<P>);
  };
  if (!subscribed) {
    bridge().subscribe((name, data) => {
      for (const one of [...listeners]) one(name, data);
    });
    subscribed = true;
  }
  listeners.add(hear);
  return () => {
    listeners.delete(hear);
  };
}

function opened(answer: string): unknown {
  // Main makes it of an envelope.
  const envelope = JSON.parse(answer) as Envelope<unknown>;
  if (!envelope.ok) throw new HushError(envelope.failure);
  return envelope.value;
}
