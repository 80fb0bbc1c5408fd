import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, type Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Something that goes wrong on purpose. Conditions that are absent match every request. */
export interface Fault {
  readonly method?: string;
  /** A regular expression over the path. */
  readonly path?: string;
  /** Lets so many matching requests pass first. */
  readonly after?: number;
  /** How many matching requests it hits; absent: one. 0: all. */
  readonly count?: number;
  /** Answers with this status; nothing is applied. */
  readonly status?: number;
  /** Seconds, or a date as it goes into the header. */
  readonly retryAfter?: string | number;
  /** Body of the answer with `status`. */
  readonly body?: string;
  readonly delayMs?: number;
  /** Closes the connection: before anything is applied, after it, or in the middle of the answer's body. */
  readonly cut?: 'before' | 'after' | 'body';
  /** Sends the answer's body octet by octet, with so many milliseconds between two of them. */
  readonly dripMs?: number;
}

/** Stands for an answer that is never sent: the connection is closed. */
export const CUT: Answer = { status: 0 };

interface Armed {
  readonly fault: Fault;
  seen: number;
}

/** The faults and the latency of a server. */
export class Faults {
  delayMs: number;
  #armed: Armed[];

  constructor(faults: readonly Fault[], delayMs: number) {
    this.#armed = faults.map((fault) => ({ fault, seen: 0 }));
    this.delayMs = delayMs;
  }

  set(faults: readonly Fault[]): void {
    this.#armed = faults.map((fault) => ({ fault, seen: 0 }));
  }

  list(): { fault: Fault; seen: number }[] {
    return this.#armed.map(({ fault, seen }) => ({ fault, seen }));
  }

  /** Runs a request under the first fault that hits it. */
  async around(exchange: Exchange, apply: () => Answer): Promise<Answer> {
    const fault = this.#hit(exchange);
    const delay = this.delayMs + (fault?.delayMs ?? 0);
    if (delay > 0) await wait(delay);
    if (fault?.cut === 'before') return CUT;
    if (fault?.status !== undefined) return failing(fault, fault.status);
    const answer = refusable(apply);
    if (fault?.cut === 'after') return CUT;
    if (fault?.dripMs !== undefined) return marked(answer, DRIP, String(fault.dripMs));
    return fault?.cut === 'body' ? marked(answer, TRUNCATE, '1') : answer;
  }

  #hit({ method, path }: Exchange): Fault | undefined {
    let hit: Fault | undefined;
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
      const place = armed.seen++ - (fault.after ?? 0);
      const count = fault.count ?? 1;
      if (place >= 0 && (count === 0 || place < count)) hit ??= fault;
    }
    return hit;
  }
}

function refusable(apply: () => Answer): Answer {
  try {
    return apply();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function failing(fault: Fault, status: number): Answer {
  const headers: Record<string, string> = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
  return { status, headers, body: fault.body ?? `Fault ${String(status)} on purpose.\n` };
}

/** Has the body sent in an odd way: see send.ts. */
function marked(answer: Answer, mark: string, value: string): Answer {
  const whole = typeof answer.body === 'string' ? answer.body : [...(answer.body ?? [])].join('');
  return { ...answer, body: whole, headers: { ...answer.headers, [mark]: value } };
}

/** Marks between faults and send; they never leave the server. The whole body is announced, half of it is sent. */
export const TRUNCATE = 'x-truncate';
/** Milliseconds between two octets. */
export const DRIP = 'x-drip';
