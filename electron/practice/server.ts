import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { LoginCheck, type AuthScheme } from './http/auth.ts';
import { control, isControl } from './http/control.ts';
import { Faults, type Fault } from './http/faults.ts';
import { CUT, Refusal, text, type Answer } from './http/answer.ts';
import { readExchange } from './http/exchange.ts';
import { route } from './router.ts';
import { send } from './http/send.ts';
import { infoOf, type PracticeInfo } from './info.ts';
import { personalityNamed, PERSONALITIES } from './personalities/all.ts';
import type { Personality } from './personalities/personality.ts';
import { stateOf, type PracticeState } from './state.ts';
import { openDisk } from './store/disk.ts';
import type { Message } from './store/model.ts';
import { furnish, principalsFor } from './samples/furnish.ts';
import { giveHome, newcomer, setStage, stageOwner, type Stage } from './samples/stage.ts';
import { Store } from './store/store.ts';
import type { Site } from './site.ts';
import { giveTrash } from './dav/trash.ts';

export interface PracticeOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** Where everything is kept over restarts; in memory when absent. */
  readonly dataDir?: string;
  readonly users?: readonly string[];
  /** One password for everybody; random when absent. */
  readonly password?: string;
  /** A name of PERSONALITIES. */
  readonly personality?: string;
  /** How users log in; Basic when absent. */
  readonly auth?: AuthScheme;
  /** Sample calendars for alice, bob and carol; on unless false. */
  readonly samples?: boolean;
  /** A copy of somebody's calendar in place of users and samples. It is a real one: such a server has no controls. */
  readonly stage?: Stage;
  /** What the address of the controls holds; random when absent. */
  readonly token?: string;
  readonly now?: () => Date;
  /** For tests: every answer waits so many milliseconds. */
  readonly delayMs?: number;
  readonly faults?: readonly Fault[];
}

export interface PracticeServer {
  readonly info: PracticeInfo;
  state(): PracticeState;
  messages(): readonly Message[];
  clearMessages(): void;
  /** Back to the calendars of the first start; messages are cleared. */
  reset(): void;
  /**
   * Remembers calendars, messages and faults as they are, in memory only. What it gives brings them back, as often as it is
   * called.
   */
  mark(): () => void;
  /** Resolves when every request that has come whole is answered. */
  idle(): Promise<void>;
  /** Calls the listener after changes; gives the function that stops it. */
  onChange(listener: () => void): () => void;
  setFaults(faults: readonly Fault[]): void;
  /** The faults as they are set, and how many requests each was meant for so far. */
  faults(): readonly { readonly fault: Fault; readonly seen: number }[];
  setDelay(milliseconds: number): void;
  /** Resolves when all that was done so far would survive a restart. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Methods that change nothing. */
const READS = ['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT'];
/** Bytes of a request body that are read at all; calendar objects have a limit of their own. */
const BODY_LIMIT = 256 * 1024 * 1024;
const HTML = '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works</h1></body></html>';

/** Starts a practice server on 127.0.0.1. Rejects when the port is taken, the folder unusable, the personality unknown. */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeServer> {
  const personality = personalityNamed(options.personality ?? 'default');
  if (personality === undefined) {
    const names = PERSONALITIES.map((p) => p.name).join(', ');
    throw new Error(`There is no personality "${options.personality ?? ''}"; there are ${names}.`);
  }
  const now = options.now ?? ((): Date => new Date());
  const password = options.password ?? randomBytes(12).toString('base64url');
  const { stage } = options;
  const token = stage === undefined ? (options.token ?? randomBytes(18).toString('base64url')) : null;
  const { store, reset } = openStore(options, personality, now);
  const site: Site = { store, personality, now };
  const gate = new LoginCheck(store, password, options.auth, personality.lockout);
  const faults = new Faults(options.faults ?? [], options.delayMs ?? 0);
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const exchange = await readExchange(request, BODY_LIMIT);
    if (isControl(exchange.path) && token !== null)
      return control(exchange, token, { site, faults, reset, state: () => stateOf(site, baseUrl) });
    if (personality.html) return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: HTML };
    return faults.around(exchange, () => route(site, exchange, gate));
  };
  const pending = new Set<IncomingMessage>();
  const server = serve(answerTo, store, personality, pending);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  return {
    info: infoOf(site, baseUrl, password, token),
    state: () => stateOf(site, baseUrl),
    messages: () => store.messages(),
    clearMessages: () => {
      store.clearMessages();
    },
    reset,
    mark: () => {
      const marks = [store.mark(), faults.mark()];
      return () => {
        for (const bringBack of marks) bringBack();
      };
    },
    idle: () => untilIdle(pending),
    onChange: (listener) => store.onChange(listener),
    setFaults: (list) => {
      faults.set(list);
    },
    faults: () => faults.list(),
    setDelay: (milliseconds) => {
      faults.delayMs = milliseconds;
    },
    settled: () => store.settled(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** What everybody begins with, or had at the last end; `reset` brings that of the first start. */
function openStore(
  { stage, users, dataDir, samples = true }: PracticeOptions,
  personality: Personality,
  now: () => Date,
): { readonly store: Store; readonly reset: () => void } {
  const principals = stage === undefined ? principalsFor(users) : [stageOwner(stage)];
  const store = new Store(principals, now, dataDir === undefined ? undefined : openDisk(dataDir));
  if (stage !== undefined) {
    setStage(store, stage);
    store.welcome(
      (address) => newcomer(address, stage.insideDomains),
      (principal) => {
        giveHome(store, principal, 'Calendar');
      },
    );
  } else if (!store.load()) furnish(store, samples, now());
  const giveBins = (): void => {
    if (personality.trash !== null) for (const principal of store.principals.values()) giveTrash(store, principal);
  };
  giveBins();
  const reset = (): void => {
    store.clear();
    furnish(store, samples, now());
    giveBins();
  };
  return { store, reset };
}

/** Turns of the event loop: a connection is taken in one, and its request is read in the next. */
const QUIET_TURNS = 3;

/** Waits until no request that has come whole is pending, and none comes for some turns of the event loop. */
async function untilIdle(pending: ReadonlySet<IncomingMessage>): Promise<void> {
  let quiet = 0;
  while (quiet < QUIET_TURNS) {
    await turn();
    quiet = [...pending].some(({ complete }) => complete) ? 0 : quiet + 1;
  }
}

/** Answers over HTTP. A refusal is an answer; what goes wrong inside is a plain 500. `pending` holds what is not answered yet. */
function serve(
  answerTo: (request: IncomingMessage) => Promise<Answer>,
  store: Store,
  { product }: Personality,
  pending: Set<IncomingMessage>,
): Server {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(product?.everywhere ?? {})) response.setHeader(name, value);
    let answer: Answer;
    try {
      answer = await answerTo(request);
      if (!READS.includes(request.method ?? '')) await store.settled();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = error.answer;
    }
    if (answer === CUT) response.destroy();
    else await send(response, answer, request.method === 'HEAD');
  };
  return createServer({ keepAliveTimeout: 120_000, noDelay: true }, (request, response) => {
    pending.add(request);
    handle(request, response)
      .catch((error: unknown) => {
        if (response.headersSent || response.destroyed) return response.destroy();
        const reason = error instanceof Error ? error.message : String(error);
        return void send(response, text(500, `The practice server failed: ${reason}.`), false);
      })
      .finally(() => {
        pending.delete(request);
      });
  });
}
