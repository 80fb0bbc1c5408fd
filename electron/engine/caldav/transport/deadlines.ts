import { HushError } from '../../../../shared/model/failure.ts';

/** How long a server may be silent, in milliseconds. */
export interface Deadlines {
  /** Until there is a connection, with its proxy and TLS. */
  readonly connect: number;
  /** Until the answer to a small request begins, and between two parts of it. */
  readonly small: number;
  /** The same for every other request: a long list may take its time, as long as something comes. */
  readonly large: number;
}

export const DEADLINES: Deadlines = { connect: 15_000, small: 30_000, large: 180_000 };

/** What of a request tells how large its answer may be. */
interface Asked {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly anonymous?: boolean;
}

/** Small: what a server can answer without looking at the objects of a calendar. */
export function deadlineOf({ method, headers, anonymous }: Asked, { small, large }: Deadlines): number {
  const isSmall = method === 'OPTIONS' || method === 'HEAD' || anonymous === true;
  return isSmall || (method === 'PROPFIND' && headers?.['depth'] === '0') ? small : large;
}

/** What a server that kept silent is told of. */
export function silent(host: string, milliseconds: number, cause: unknown): HushError {
  const message = `${host} did not respond within ${secondsWords(milliseconds)}. Try again later.`;
  return new HushError({ code: 'SERVER_TIMEOUT', message, reaction: 'retry-after' }, { cause });
}

/** The same where its answer had begun. */
export function stalled(host: string, milliseconds: number, cause: unknown): HushError {
  const message = `${host} began to answer and then sent nothing more, or next to nothing, for ${secondsWords(milliseconds)}. Try again later.`;
  return new HushError({ code: 'SERVER_TIMEOUT', message, reaction: 'retry-after' }, { cause });
}

/** The same where there was no connection yet. */
export function unconnected(host: string, milliseconds: number, cause: unknown): HushError {
  const message = `${host} did not respond within ${secondsWords(milliseconds)}. Check the address, your network and the firewall.`;
  return new HushError({ code: 'SERVER_UNREACHABLE', message, reaction: 'retry-after' }, { cause });
}

function secondsWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
}
