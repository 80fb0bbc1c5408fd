import type { Channel } from '../calls.ts';
import type { Child } from '../child.ts';

/** A child that runs in this process: `run` gets its side. What is said is copied, as between two processes. */
export function childHere(run: (parent: Channel) => void): Child {
  let end: (code: number) => void = () => undefined;
  let isOver = false;
  const ended = new Promise<number>((resolve) => {
    end = (code) => {
      isOver = true;
      resolve(code);
    };
  });
  const [mine, its] = pair(() => isOver);
  run(its);
  return {
    ...mine,
    ended,
    kill: () => {
      end(9);
    },
  };
}

/** The two ends of a channel. Nothing arrives once it is over. */
export function pair(isOver: () => boolean = () => false): readonly [Channel, Channel] {
  const heard: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const side = (own: 0 | 1): Channel => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        if (!isOver()) for (const listener of heard[own === 0 ? 1 : 0]) listener(copy);
      });
    },
    listen: (listener) => {
      heard[own].push(listener);
    },
  });
  return [side(0), side(1)];
}
