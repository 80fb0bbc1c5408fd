import type { Readable, Writable } from 'node:stream';

/** What the command line has of the outside world; tests give their own. */
export interface CliIo {
  readonly stdout: Pick<Writable, 'write'>;
  readonly stderr: Pick<Writable, 'write'> & { readonly isTTY?: boolean | undefined };
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back once when the command is asked to end: a signal, or nobody reads its output any more. */
  onStop?(stop: () => void): void;
}

/** Exit codes: docs/exit-codes.md. */
export const EXIT = { done: 0, trouble: 1, nothingWritten: 2, interrupted: 3 } as const;

/** Results go to standard output. Waits until they are taken, so that a slow reader slows us down; a gone one does not. */
export async function print(io: CliIo, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve) => {
    io.stdout.write(`${harmless(text)}\n`, () => {
      resolve();
    });
  });
}

/** Everything that is no result. */
export function tell(io: CliIo, text: string): void {
  io.stderr.write(`${harmless(text)}\n`);
}

/**
 * Titles, names and words of servers are written by strangers: what could steer a terminal or turn its letters around is
 * shown as `\u001b` and so on. In JSON that is another spelling of the same character, so programs read what they did.
 */
function harmless(text: string): string {
  return text.replace(/\r(?!\n)|[^\P{Cc}\t\r\n]|[\u202a-\u202e\u2066-\u2069]/gu, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
