import { setTimeout as wait } from 'node:timers/promises';
import { bend, isInstead } from '../bends/bend.ts';
import { bendNamed, BENDS, type Bend } from '../bends/bends.ts';
import { nameIn, requestKind, type RequestKind } from '../bends/requests.ts';
import { CUT, DRIP, Refusal, TRUNCATE, wholeBody, type Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Something that goes wrong on purpose. Conditions that are absent match every request. */
export interface Fault {
  readonly method?: string;
  /** A regular expression over the path. */
  readonly path?: string;
  /** What is asked for, beside method and path: see bends/requests.ts. */
  readonly request?: RequestKind;
  /**
   * A regular expression over the decoded name of an object: which GETs are hit; with a bend, which response of a 207.
   * Absent: every GET, and the last response.
   */
  readonly object?: string;
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
  /** Nothing is applied and nothing is answered; the connection stays open. */
  readonly silent?: boolean;
  /** Sends the answer's body octet by octet, with so many milliseconds between two of them. */
  readonly dripMs?: number;
  /** Sends the answer changed: a name of BENDS. */
  readonly bend?: string;
}

interface Armed {
  readonly fault: Fault;
  readonly bend: Bend | null;
  seen: number;
}

/** Throws an Error whose message is a sentence for a person when a fault names a bend that there is none of. */
function armed(fault: Fault): Armed {
  const { bend: name } = fault;
  if (name === undefined) return { fault, bend: null, seen: 0 };
  const found = bendNamed(name);
  if (found === undefined) {
    throw new Error(`There is no bend "${name}"; there are ${BENDS.map((one) => one.name).join(', ')}.`);
  }
  return { fault, bend: found, seen: 0 };
}

/** The faults and the latency of a server. */
export class Faults {
  delayMs: number;
  #armed: Armed[];

  constructor(faults: readonly Fault[], delayMs: number) {
    this.#armed = faults.map(armed);
    this.delayMs = delayMs;
  }

  set(faults: readonly Fault[]): void {
    this.#armed = faults.map(armed);
  }

  list(): { fault: Fault; seen: number }[] {
    return this.#armed.map(({ fault, seen }) => ({ fault, seen }));
  }

  /** Remembers which faults are set and what they have hit; what it gives brings that back, as often as it is called. */
  mark(): () => void {
    const kept = this.#armed.map((one) => ({ ...one }));
    return () => {
      this.#armed = kept.map((one) => ({ ...one }));
    };
  }

  /** Runs a request under the first fault that hits it. */
  async around(exchange: Exchange, apply: () => Answer): Promise<Answer> {
    const { fault, bend: bent } = this.#hit(exchange) ?? { fault: undefined, bend: null };
    const delay = this.delayMs + (fault?.delayMs ?? 0);
    if (delay > 0) await wait(delay);
    if (fault?.silent === true) return new Promise<never>(() => undefined);
    if (fault?.cut === 'before') return CUT;
    if (fault?.status !== undefined) return failing(fault, fault.status);
    const request = { path: exchange.path, object: fault?.object };
    if (bent !== null && isInstead(bent.change)) return bend(CUT, bent.change, request);
    const answer = refusable(apply);
    if (bent !== null) return bend(answer, bent.change, request);
    if (fault?.cut === 'after') return CUT;
    if (fault?.dripMs !== undefined) return marked(answer, DRIP, String(fault.dripMs));
    return fault?.cut === 'body' ? marked(answer, TRUNCATE, '1') : answer;
  }

  #hit(exchange: Exchange): Armed | undefined {
    let hit: Armed | undefined;
    const kind = this.#armed.length === 0 ? null : requestKind(exchange);
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (!isMeant(fault, exchange, kind)) continue;
      const place = armed.seen++ - (fault.after ?? 0);
      const count = fault.count ?? 1;
      if (place >= 0 && (count === 0 || place < count)) hit ??= armed;
    }
    return hit;
  }
}

function isMeant(fault: Fault, { method, path }: Exchange, kind: RequestKind | null): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path !== undefined && !new RegExp(fault.path).test(path)) return false;
  if (fault.request !== undefined && fault.request !== kind) return false;
  return fault.object === undefined || kind !== 'get' || new RegExp(fault.object).test(nameIn(path));
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
  return { ...answer, body: wholeBody(answer), headers: { ...answer.headers, [mark]: value } };
}
