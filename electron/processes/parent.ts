import type { Channel } from './calls.ts';

/** The part of Electron's `process.parentPort` that is used. Messages wait there until somebody listens. */
interface ParentPort {
  on(event: 'message', heard: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The way back to the main process, in one that it started. */
export function parentChannel(): Channel {
  const { parentPort } = process as unknown as { readonly parentPort: ParentPort };
  return {
    post: (message) => {
      parentPort.postMessage(message);
    },
    listen: (heard) => {
      parentPort.on('message', ({ data }) => {
        heard(data);
      });
    },
  };
}
