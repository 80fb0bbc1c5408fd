import type { z } from 'zod';
import type { PushData, PushName, RouteName, Routes } from '../../shared/ipc/contract.ts';

/** One function per route: what comes in has been parsed, what goes out is checked against the contract. */
export type Handlers = {
  readonly [R in RouteName]: (input: z.output<Routes[R]['input']>) => Promise<z.input<Routes[R]['output']>>;
};

/** The handlers of some domains, e.g. `HandlersOf<'server'>` for all `server.…` routes. */
export type HandlersOf<Domain extends string> = Pick<Handlers, Extract<RouteName, `${Domain}.${string}`>>;

/** Sends to the window, if there is one. */
export type Push = <P extends PushName>(name: P, data: PushData<P>) => void;
