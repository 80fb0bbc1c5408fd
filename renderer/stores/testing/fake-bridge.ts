import { vi } from 'vitest';
import type { RouteInput, RouteName, RouteOutput } from '../../../shared/ipc/contract.ts';
import type { Failure } from '../../../shared/model/failure.ts';

/** A request that the page made, and the way to answer it: now, late or never. */
interface Asked {
  readonly route: RouteName;
  readonly input: unknown;
  readonly answer: (value: unknown) => void;
  readonly refuse: (failure: Failure) => void;
}

export const REFUSED: Failure = { code: 'SERVER_UNKNOWN', message: 'Not here.', reaction: 'fix-input' };

/** In the place of the preload: it writes down what is asked for, and answers when a test says so. */
export interface FakeBridge {
  /** What is not answered yet, the oldest first. */
  readonly waiting: readonly Asked[];
  /** Everything that was asked for so far. */
  readonly asked: readonly Pick<Asked, 'route' | 'input'>[];
  /** Answers the oldest request of a route. */
  answer<R extends RouteName>(route: R, value: Partial<RouteOutput<R>> | RouteOutput<R>): Promise<void>;
  refuse(route: RouteName): Promise<void>;
  /** The input of the last request of a route. */
  lastInput<R extends RouteName>(route: R): RouteInput<R>;
}

export function installFakeBridge(): FakeBridge {
  let waiting: Asked[] = [];
  const asked: Asked[] = [];
  const request = (route: RouteName, input: unknown): Promise<string> =>
    new Promise((resolve) => {
      const one: Asked = {
        route,
        input,
        answer: (value) => {
          waiting = waiting.filter((other) => other !== one);
          resolve(JSON.stringify({ ok: true, value }));
        },
        refuse: (failure) => {
          waiting = waiting.filter((other) => other !== one);
          resolve(JSON.stringify({ ok: false, failure }));
        },
      };
      waiting.push(one);
      asked.push(one);
    });
  vi.stubGlobal('window', { hushcal: { request, subscribe: () => () => undefined } });
  const oldest = async (route: RouteName): Promise<Asked> => {
    await settled();
    const found = waiting.find((one) => one.route === route);
    if (found === undefined)
      throw new Error(`${route} is not waiting; ${waiting.map((one) => one.route).join(', ')} are`);
    return found;
  };
  return {
    get waiting() {
      return waiting;
    },
    asked,
    async answer(route, value) {
      (await oldest(route)).answer(value);
      await settled();
    },
    async refuse(route) {
      (await oldest(route)).refuse(REFUSED);
      await settled();
    },
    lastInput(route) {
      const found = asked.findLast((one) => one.route === route);
      if (found === undefined) throw new Error(`${route} was not asked for`);
      // It was written down under this route.
      return found.input as RouteInput<typeof route>;
    },
  };
}

/** Everything that follows from what was answered has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
