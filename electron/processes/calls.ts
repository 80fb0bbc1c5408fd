import { HushError, toFailure, type Failure } from '../../shared/model/failure.ts';

/** Messages to another process and from it, in order; each is copied on its way. */
export interface Channel {
  post(message: unknown): void;
  listen(heard: (message: unknown) => void): void;
}

/** What one side does when it is asked, by name. What goes in and comes out is plain data. */
type Calls<T> = { readonly [N in keyof T]: (...given: never[]) => unknown };

type Given<F> = F extends (...given: infer G) => unknown ? G : never;
type Result<F> = F extends (...given: never[]) => infer R ? Awaited<R> : never;

/** The other side of a channel. */
export interface Remote<T> {
  /** Throws what the other side threw, as HushError. */
  ask<N extends keyof T>(name: N, ...given: Given<T[N]>): Promise<Result<T[N]>>;
  /** Says something and waits for no answer. */
  tell<N extends keyof T>(name: N, ...given: Given<T[N]>): void;
  /** The other side is gone: all that waits, and all that is asked from now on, fails with this. */
  end(failure: Failure): void;
}

/** Between the two sides of a channel that both come out of this build: their types say what fits. */
type Message =
  | { readonly kind: 'call'; readonly id: number | null; readonly name: string; readonly given: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: Failure };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

/** Joins this side of a channel to the other: `ours` answers what is asked here. */
export function join<Theirs extends Calls<Theirs>>(channel: Channel, ours: object): Remote<Theirs> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let ended: Failure | null = null;
  const answer = async ({ id, name, given }: Extract<Message, { kind: 'call' }>): Promise<void> => {
    let message: Message;
    try {
      // Named by our own code on the other side, which its types hold against `ours`.
      const handle = (ours as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>)[name];
      if (handle === undefined) throw new Error(`there is no call ${name}`);
      const value = await handle(...given);
      message = { kind: 'answer', id: id ?? 0, value };
    } catch (thrown) {
      message = { kind: 'refusal', id: id ?? 0, failure: toFailure(thrown) };
    }
    if (id !== null && ended === null) channel.post(message);
    // Nobody waits for it on the other side: it is this side's own trouble.
    else if (message.kind === 'refusal') process.stderr.write(`${message.failure.message}\n`);
  };
  channel.listen((heard) => {
    const message = heard as Message;
    if (message.kind === 'call') {
      void answer(message);
      return;
    }
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') one?.resolve(message.value);
    else one?.reject(new HushError(message.failure));
  });
  const call = (id: number | null, name: PropertyKey, given: readonly unknown[]): void => {
    channel.post({ kind: 'call', id, name: String(name), given } satisfies Message);
  };
  return {
    ask: (name, ...given) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(new HushError(ended));
          return;
        }
        last += 1;
        // The other side answers by the same types.
        waiting.set(last, { resolve: resolve as Waiting['resolve'], reject });
        call(last, name, given);
      }),
    tell: (name, ...given) => {
      if (ended === null) call(null, name, given);
    },
    end: (failure) => {
      ended ??= failure;
      for (const one of waiting.values()) one.reject(new HushError(failure));
      waiting.clear();
    },
  };
}
