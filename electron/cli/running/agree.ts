import { createInterface } from 'node:readline/promises';
import type { Consented } from '../options/args.ts';
import { tell, type CliIo } from '../io.ts';

/** What consent is given to. */
interface Asked {
  readonly hash: string;
  /** Messages that will go out, and to how many people, where that is known. */
  readonly messages: number;
  readonly people: number | null;
}

/** The number that was consented to, for the engine; or why that is no consent. */
export type Agreement = { readonly typedMessages: number } | { readonly why: string };

/**
 * Holds the consent of the command line against a plan. Where messages go out it names the plan or their number; at a
 * terminal, where it names neither, the number is asked for.
 *
 * @param what `plan` or `run`, as the sentences call it
 */
export async function agree(consent: Consented, asked: Asked, io: CliIo, what = 'plan'): Promise<Agreement> {
  const { hash, messages } = asked;
  if (consent.kind === 'no') return { why: offer(asked, what) };
  const other = otherPlan(consent, hash);
  if (other !== null) return { why: other };
  if (consent.messages !== null && consent.messages !== messages) {
    return {
      why: `Nothing was written: this ${what} sends ${sent(asked)}, and not ${consent.messages}. Look at it again.`,
    };
  }
  if (messages === 0 || consent.hash !== null || consent.messages !== null) return { typedMessages: messages };
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) {
    return {
      why: `Nothing was written: this ${what} sends ${sent(asked)}, and --yes alone does not say so. ${ways(asked)}`,
    };
  }
  const typed = await askNumber(asked, io);
  if (typed === messages) return { typedMessages: messages };
  return { why: `Nothing was written: that is another number. This ${what} sends ${sent(asked)}.` };
}

/** Why consent is to another plan than the one with this hash; null where it is not. */
export function otherPlan(consent: Consented, hash: string): string | null {
  if (consent.kind === 'no' || consent.hash === null || consent.hash === hash) return null;
  return `Nothing was written: the plan is no longer ${consent.hash}, but ${hash}. Look at it again.`;
}

/** How a plan that waits is run. */
function offer(asked: Asked, what: string): string {
  const to = what === 'run' ? 'to confirm this run' : `to run this ${what}`;
  if (asked.messages === 0) return `Nothing was written. Add --yes ${to}.`;
  return `Nothing was written. This ${what} sends ${sent(asked)}. ${ways(asked)}`;
}

function ways({ hash, messages }: Asked): string {
  return `Say the number (--messages ${messages}) or name what was shown (--yes=${hash}).`;
}

function sent({ messages, people }: Asked): string {
  const words = messages === 0 ? 'no message' : messages === 1 ? '1 message' : `${messages} messages`;
  if (people === null || messages === 0) return words;
  return `${words} to ${people === 1 ? '1 person' : `${people} people`}`;
}

/** The number that the person types; null for anything else, and where the terminal is closed. */
async function askNumber(asked: Asked, io: CliIo): Promise<number | null> {
  tell(io, `This sends ${sent(asked)}. A message that was sent cannot be undone.`);
  io.stderr.write('Type the number of messages to confirm: ');
  const lines = createInterface({ input: io.stdin, terminal: false });
  io.onStop?.(() => {
    lines.close();
  });
  try {
    for await (const line of lines) return /^\d+$/.test(line.trim()) ? Number(line.trim()) : null;
    return null;
  } finally {
    lines.close();
  }
}
